// Every built-in provider, by id. Written by `npm run providers` from the files in definitions/; a test compares the two.
import { algolia } from './definitions/algolia.ts';
import { anthropic } from './definitions/anthropic.ts';
import { appcircle } from './definitions/appcircle.ts';
import { appcirclePak } from './definitions/appcircle-pak.ts';
import { awsIam } from './definitions/aws-iam.ts';
import { circa } from './definitions/circa.ts';
import { circleMint } from './definitions/circle-mint.ts';
import { circleW3s } from './definitions/circle-w3s.ts';
import { cloudflare } from './definitions/cloudflare.ts';
import { datadog } from './definitions/datadog.ts';
import { digitalocean } from './definitions/digitalocean.ts';
import { fastly } from './definitions/fastly.ts';
import { githubApp } from './definitions/github-app.ts';
import { githubPat } from './definitions/github-pat.ts';
import { gitlab } from './definitions/gitlab.ts';
import { heroku } from './definitions/heroku.ts';
import { mailgun } from './definitions/mailgun.ts';
import { neon } from './definitions/neon.ts';
import { netlify } from './definitions/netlify.ts';
import { npm } from './definitions/npm.ts';
import { openai } from './definitions/openai.ts';
import { openaiAdmin } from './definitions/openai-admin.ts';
import { resend } from './definitions/resend.ts';
import { sendgrid } from './definitions/sendgrid.ts';
import { stripe } from './definitions/stripe.ts';
import { supabase } from './definitions/supabase.ts';
import { twilio } from './definitions/twilio.ts';
import { vercel } from './definitions/vercel.ts';
import { verdaccio } from './definitions/verdaccio.ts';
import type { ProviderDefinition } from './provider.ts';

// prettier-ignore
export const builtInProviders: readonly ProviderDefinition[] = [
  algolia,
  anthropic,
  appcircle,
  appcirclePak,
  awsIam,
  circa,
  circleMint,
  circleW3s,
  cloudflare,
  datadog,
  digitalocean,
  fastly,
  githubApp,
  githubPat,
  gitlab,
  heroku,
  mailgun,
  neon,
  netlify,
  npm,
  openai,
  openaiAdmin,
  resend,
  sendgrid,
  stripe,
  supabase,
  twilio,
  vercel,
  verdaccio,
];

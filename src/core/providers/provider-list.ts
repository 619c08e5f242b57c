// Every built-in provider, by id. Written by `npm run providers` from the files in definitions/; a test compares the two.
import { algolia } from './definitions/algolia.ts';
import { anthropic } from './definitions/anthropic.ts';
import { appcircle } from './definitions/appcircle.ts';
import { appcirclePak } from './definitions/appcircle-pak.ts';
import { awsIam } from './definitions/aws-iam.ts';
import { azureEntra } from './definitions/azure-entra.ts';
import { circa } from './definitions/circa.ts';
import { circleMint } from './definitions/circle-mint.ts';
import { circleW3s } from './definitions/circle-w3s.ts';
import { circleci } from './definitions/circleci.ts';
import { cloudflare } from './definitions/cloudflare.ts';
import { datadog } from './definitions/datadog.ts';
import { digitalocean } from './definitions/digitalocean.ts';
import { dockerhub } from './definitions/dockerhub.ts';
import { etcd } from './definitions/etcd.ts';
import { fastly } from './definitions/fastly.ts';
import { gcpApiKey } from './definitions/gcp-api-key.ts';
import { gcpSa } from './definitions/gcp-sa.ts';
import { githubApp } from './definitions/github-app.ts';
import { githubPat } from './definitions/github-pat.ts';
import { gitlab } from './definitions/gitlab.ts';
import { groq } from './definitions/groq.ts';
import { heroku } from './definitions/heroku.ts';
import { huggingface } from './definitions/huggingface.ts';
import { linear } from './definitions/linear.ts';
import { mailgun } from './definitions/mailgun.ts';
import { mariadb } from './definitions/mariadb.ts';
import { mongodbAtlas } from './definitions/mongodb-atlas.ts';
import { mosquitto } from './definitions/mosquitto.ts';
import { neon } from './definitions/neon.ts';
import { netlify } from './definitions/netlify.ts';
import { npm } from './definitions/npm.ts';
import { oidcProvider } from './definitions/oidc-provider.ts';
import { openai } from './definitions/openai.ts';
import { openaiAdmin } from './definitions/openai-admin.ts';
import { openrouter } from './definitions/openrouter.ts';
import { postgres } from './definitions/postgres.ts';
import { postmark } from './definitions/postmark.ts';
import { pypi } from './definitions/pypi.ts';
import { rabbitmq } from './definitions/rabbitmq.ts';
import { redis } from './definitions/redis.ts';
import { resend } from './definitions/resend.ts';
import { sendgrid } from './definitions/sendgrid.ts';
import { sentry } from './definitions/sentry.ts';
import { shopify } from './definitions/shopify.ts';
import { slack } from './definitions/slack.ts';
import { stripe } from './definitions/stripe.ts';
import { supabase } from './definitions/supabase.ts';
import { terraformCloud } from './definitions/terraform-cloud.ts';
import { twilio } from './definitions/twilio.ts';
import { unleash } from './definitions/unleash.ts';
import { vercel } from './definitions/vercel.ts';
import { verdaccio } from './definitions/verdaccio.ts';
import { xai } from './definitions/xai.ts';
import type { ProviderDefinition } from './provider.ts';

// prettier-ignore
export const builtInProviders: readonly ProviderDefinition[] = [
  algolia,
  anthropic,
  appcircle,
  appcirclePak,
  awsIam,
  azureEntra,
  circa,
  circleMint,
  circleW3s,
  circleci,
  cloudflare,
  datadog,
  digitalocean,
  dockerhub,
  etcd,
  fastly,
  gcpApiKey,
  gcpSa,
  githubApp,
  githubPat,
  gitlab,
  groq,
  heroku,
  huggingface,
  linear,
  mailgun,
  mariadb,
  mongodbAtlas,
  mosquitto,
  neon,
  netlify,
  npm,
  oidcProvider,
  openai,
  openaiAdmin,
  openrouter,
  postgres,
  postmark,
  pypi,
  rabbitmq,
  redis,
  resend,
  sendgrid,
  sentry,
  shopify,
  slack,
  stripe,
  supabase,
  terraformCloud,
  twilio,
  unleash,
  vercel,
  verdaccio,
  xai,
];

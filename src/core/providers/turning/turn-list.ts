// How keys are turned, by provider. Written by `npm run providers` from the files in definitions/; a test compares the two.
import { algoliaTurn } from './definitions/algolia.ts';
import { anthropicTurn } from './definitions/anthropic.ts';
import { appcircleTurn } from './definitions/appcircle.ts';
import { appcirclePakTurn } from './definitions/appcircle-pak.ts';
import { awsIamTurn } from './definitions/aws-iam.ts';
import { azureEntraTurn } from './definitions/azure-entra.ts';
import { circaTurn } from './definitions/circa.ts';
import { circleMintTurn } from './definitions/circle-mint.ts';
import { circleW3sTurn } from './definitions/circle-w3s.ts';
import { cloudflareTurn } from './definitions/cloudflare.ts';
import { datadogTurn } from './definitions/datadog.ts';
import { digitaloceanTurn } from './definitions/digitalocean.ts';
import { dockerhubTurn } from './definitions/dockerhub.ts';
import { etcdTurn } from './definitions/etcd.ts';
import { fastlyTurn } from './definitions/fastly.ts';
import { gcpSaTurn } from './definitions/gcp-sa.ts';
import { githubPatTurn } from './definitions/github-pat.ts';
import { gitlabTurn } from './definitions/gitlab.ts';
import { herokuTurn } from './definitions/heroku.ts';
import { mailgunTurn } from './definitions/mailgun.ts';
import { mariadbTurn } from './definitions/mariadb.ts';
import { mongodbAtlasTurn } from './definitions/mongodb-atlas.ts';
import { mosquittoTurn } from './definitions/mosquitto.ts';
import { neonTurn } from './definitions/neon.ts';
import { npmTurn } from './definitions/npm.ts';
import { oidcProviderTurn } from './definitions/oidc-provider.ts';
import { openaiTurn } from './definitions/openai.ts';
import { openaiAdminTurn } from './definitions/openai-admin.ts';
import { openrouterTurn } from './definitions/openrouter.ts';
import { postgresTurn } from './definitions/postgres.ts';
import { rabbitmqTurn } from './definitions/rabbitmq.ts';
import { redisTurn } from './definitions/redis.ts';
import { resendTurn } from './definitions/resend.ts';
import { sendgridTurn } from './definitions/sendgrid.ts';
import { shopifyTurn } from './definitions/shopify.ts';
import { slackTurn } from './definitions/slack.ts';
import { stripeTurn } from './definitions/stripe.ts';
import { supabaseTurn } from './definitions/supabase.ts';
import { terraformCloudTurn } from './definitions/terraform-cloud.ts';
import { twilioTurn } from './definitions/twilio.ts';
import { unleashTurn } from './definitions/unleash.ts';
import { vercelTurn } from './definitions/vercel.ts';
import { verdaccioTurn } from './definitions/verdaccio.ts';
import type { TurnDefinition } from './turn-definition.ts';

// prettier-ignore
export const builtInTurns: readonly TurnDefinition[] = [
  algoliaTurn,
  anthropicTurn,
  appcircleTurn,
  appcirclePakTurn,
  awsIamTurn,
  azureEntraTurn,
  circaTurn,
  circleMintTurn,
  circleW3sTurn,
  cloudflareTurn,
  datadogTurn,
  digitaloceanTurn,
  dockerhubTurn,
  etcdTurn,
  fastlyTurn,
  gcpSaTurn,
  githubPatTurn,
  gitlabTurn,
  herokuTurn,
  mailgunTurn,
  mariadbTurn,
  mongodbAtlasTurn,
  mosquittoTurn,
  neonTurn,
  npmTurn,
  oidcProviderTurn,
  openaiTurn,
  openaiAdminTurn,
  openrouterTurn,
  postgresTurn,
  rabbitmqTurn,
  redisTurn,
  resendTurn,
  sendgridTurn,
  shopifyTurn,
  slackTurn,
  stripeTurn,
  supabaseTurn,
  terraformCloudTurn,
  twilioTurn,
  unleashTurn,
  vercelTurn,
  verdaccioTurn,
];

// How keys are turned, by provider. Written by `npm run providers` from the files in definitions/; a test compares the two.
import { anthropicTurn } from './definitions/anthropic.ts';
import { appcircleTurn } from './definitions/appcircle.ts';
import { appcirclePakTurn } from './definitions/appcircle-pak.ts';
import { awsIamTurn } from './definitions/aws-iam.ts';
import { circaTurn } from './definitions/circa.ts';
import { circleMintTurn } from './definitions/circle-mint.ts';
import { circleW3sTurn } from './definitions/circle-w3s.ts';
import { cloudflareTurn } from './definitions/cloudflare.ts';
import { etcdTurn } from './definitions/etcd.ts';
import { githubPatTurn } from './definitions/github-pat.ts';
import { gitlabTurn } from './definitions/gitlab.ts';
import { herokuTurn } from './definitions/heroku.ts';
import { mariadbTurn } from './definitions/mariadb.ts';
import { mosquittoTurn } from './definitions/mosquitto.ts';
import { neonTurn } from './definitions/neon.ts';
import { oidcProviderTurn } from './definitions/oidc-provider.ts';
import { openaiTurn } from './definitions/openai.ts';
import { openaiAdminTurn } from './definitions/openai-admin.ts';
import { postgresTurn } from './definitions/postgres.ts';
import { rabbitmqTurn } from './definitions/rabbitmq.ts';
import { redisTurn } from './definitions/redis.ts';
import { resendTurn } from './definitions/resend.ts';
import { sendgridTurn } from './definitions/sendgrid.ts';
import { shopifyTurn } from './definitions/shopify.ts';
import { slackTurn } from './definitions/slack.ts';
import { stripeTurn } from './definitions/stripe.ts';
import { terraformCloudTurn } from './definitions/terraform-cloud.ts';
import { twilioTurn } from './definitions/twilio.ts';
import type { TurnDefinition } from './turn-definition.ts';

// prettier-ignore
export const builtInTurns: readonly TurnDefinition[] = [
  anthropicTurn,
  appcircleTurn,
  appcirclePakTurn,
  awsIamTurn,
  circaTurn,
  circleMintTurn,
  circleW3sTurn,
  cloudflareTurn,
  etcdTurn,
  githubPatTurn,
  gitlabTurn,
  herokuTurn,
  mariadbTurn,
  mosquittoTurn,
  neonTurn,
  oidcProviderTurn,
  openaiTurn,
  openaiAdminTurn,
  postgresTurn,
  rabbitmqTurn,
  redisTurn,
  resendTurn,
  sendgridTurn,
  shopifyTurn,
  slackTurn,
  stripeTurn,
  terraformCloudTurn,
  twilioTurn,
];

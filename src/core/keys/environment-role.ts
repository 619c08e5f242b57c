// What an environment is for, told from its name: people call production "prod", "live" or "production-eu".
import type { EnvironmentKind } from '../model/environment.ts';

export type EnvironmentRole = Exclude<EnvironmentKind, 'own'> | 'other';

const words: Readonly<Record<string, EnvironmentRole>> = {
  prod: 'production',
  prd: 'production',
  production: 'production',
  live: 'production',
  mainnet: 'production',
  staging: 'staging',
  stage: 'staging',
  stg: 'staging',
  uat: 'staging',
  preview: 'staging',
  preprod: 'staging',
  preproduction: 'staging',
  ci: 'ci',
  cd: 'ci',
  pipeline: 'ci',
  build: 'ci',
  test: 'test',
  testing: 'test',
  tests: 'test',
  qa: 'test',
  sandbox: 'test',
  testnet: 'test',
  dev: 'development',
  devel: 'development',
  develop: 'development',
  development: 'development',
  local: 'development',
};

/**
 * The role of an environment; `other` where neither its kind nor its name says anything. `pre-production` and `non-prod`
 * are no production.
 */
export const environmentRoleOf = (name: string, kind: EnvironmentKind = 'own'): EnvironmentRole =>
  kind === 'own' ? roleOfName(name) : kind;

const roleOfName = (name: string): EnvironmentRole => {
  const parts = name.toLowerCase().split(/[^a-z]+/);
  const negated =
    parts.some((part) => ['pre', 'non', 'not'].includes(part)) || /^(?:nonprod|notprod)/.test(name);
  const found = parts.map((part) => words[part]).find((role) => role !== undefined) ?? 'other';
  return negated && found === 'production' ? 'staging' : found;
};

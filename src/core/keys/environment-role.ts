// What an environment is for, told from its name: people call production "prod", "live" or "production-eu".

export const environmentRoles = ['development', 'test', 'staging', 'production', 'ci', 'other'] as const;
export type EnvironmentRole = (typeof environmentRoles)[number];

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

/** The role of an environment; `other` where its name says nothing. `pre-production` and `non-prod` are no production. */
export const environmentRoleOf = (name: string): EnvironmentRole => {
  const parts = name.toLowerCase().split(/[^a-z]+/);
  const negated =
    parts.some((part) => ['pre', 'non', 'not'].includes(part)) || /^(?:nonprod|notprod)/.test(name);
  const found = parts.map((part) => words[part]).find((role) => role !== undefined) ?? 'other';
  return negated && found === 'production' ? 'staging' : found;
};

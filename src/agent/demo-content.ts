// What stands in the demo vault: keys of the four systems in every state a newcomer should meet. Days are counted from today.
import type { KeyFacts } from '../core/model/key.ts';

export const demoProjectName = 'Demo';
/** The demo vault protects nothing: its password is told on its own screen. */
export const demoPassword = 'keyturn-demo';
export const demoTag = 'demo';
export const demoNote = 'Invented for the demo: this key opens nothing anywhere.';

type EnvironmentName = 'development' | 'test' | 'staging' | 'production' | 'ci';

export type DemoKey = {
  readonly name: string;
  readonly provider: string;
  readonly format: string;
  readonly environments: readonly EnvironmentName[];
  /** Values of the other parts; `uuid` invents an id. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Variables by field, where two keys of one environment would claim the same. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly createdDaysAgo: number;
  readonly expiresInDays?: number;
  readonly facts?: Partial<KeyFacts>;
  readonly handedTo?: { readonly name: string; readonly purpose: string; readonly daysAgo: number };
  /** Takes the value of the key of this name: warned of. */
  readonly sameValueAs?: string;
  /** Got a second version so many days ago. */
  readonly replacedDaysAgo?: number;
};

export const demoKeys: readonly DemoKey[] = [
  {
    name: 'payouts-prod',
    provider: 'circle-mint',
    format: 'live',
    environments: ['production'],
    createdDaysAgo: 210,
    replacedDaysAgo: 104,
    facts: {
      portalName: 'Payouts',
      owner: 'Dana',
      class: 'standard',
      ipAllowlist: ['203.0.113.10', '203.0.113.11'],
    },
  },
  {
    name: 'treasury-readonly',
    provider: 'circle-mint',
    format: 'live',
    environments: ['production'],
    variables: { secret: 'CIRCLE_TREASURY_API_KEY' },
    createdDaysAgo: 95,
    facts: { portalName: 'Treasury, read only', owner: 'Dana', class: 'read-only' },
    handedTo: { name: 'Integral', purpose: 'Bookkeeping of stablecoin wallets', daysAgo: 94 },
  },
  {
    name: 'payouts-sandbox',
    provider: 'circle-mint',
    format: 'sandbox',
    environments: ['staging', 'test'],
    createdDaysAgo: 320,
    facts: { portalName: 'Sandbox', owner: 'Ravi' },
  },
  {
    name: 'wallets-test',
    provider: 'circle-w3s',
    format: 'test',
    environments: ['development'],
    createdDaysAgo: 40,
    facts: { owner: 'Ravi' },
  },
  {
    name: 'wallets-live',
    provider: 'circle-w3s',
    format: 'live',
    environments: ['production'],
    variables: { secret: 'CIRCLE_WALLETS_API_KEY' },
    createdDaysAgo: 18,
    facts: { owner: 'Dana', ipAllowlist: ['203.0.113.10'] },
  },
  {
    name: 'builds',
    provider: 'appcircle',
    format: 'secret',
    environments: ['ci'],
    parts: { name: 'demo-builds', organizationId: 'uuid' },
    createdDaysAgo: 172,
    expiresInDays: 9,
    facts: { organisation: 'Demo Apps', roles: ['Build'], auditEmail: 'audit@demo.example', owner: 'Mei' },
  },
  {
    name: 'store-upload',
    provider: 'appcircle',
    format: 'secret',
    environments: ['ci'],
    parts: { name: 'demo-store-upload', organizationId: 'uuid' },
    variables: {
      name: 'APPCIRCLE_STORE_KEY_NAME',
      secret: 'APPCIRCLE_STORE_KEY_SECRET',
      organizationId: 'APPCIRCLE_STORE_ORGANIZATION_ID',
    },
    createdDaysAgo: 361,
    expiresInDays: -3,
    facts: {
      organisation: 'Demo Apps',
      roles: ['Distribution'],
      auditEmail: 'audit@demo.example',
      owner: 'Mei',
    },
  },
  {
    name: 'datapoints-live',
    provider: 'circa',
    format: 'live',
    environments: ['production'],
    parts: { teamId: 'uuid' },
    createdDaysAgo: 61,
    facts: { team: 'Data', owner: 'Ravi' },
  },
  {
    name: 'datapoints-dev',
    provider: 'circa',
    format: 'live',
    environments: ['development'],
    parts: { teamId: 'uuid' },
    createdDaysAgo: 61,
    sameValueAs: 'datapoints-live',
    facts: { team: 'Data', owner: 'Ravi', arrival: 'chat' },
  },
  {
    name: 'datapoints-test',
    provider: 'circa',
    format: 'test',
    environments: ['test', 'production'],
    parts: { teamId: 'uuid' },
    variables: { secret: 'CIRCA_TEST_API_KEY', teamId: 'CIRCA_TEST_TEAM_ID' },
    createdDaysAgo: 12,
    replacedDaysAgo: 4,
    facts: { team: 'Data', owner: 'Mei' },
  },
];

export const demoVariables: Readonly<Record<EnvironmentName, Readonly<Record<string, string>>>> = {
  development: { PORT: '3000', LOG_LEVEL: 'debug', CIRCLE_BASE_URL: 'https://api-sandbox.circle.com' },
  test: { LOG_LEVEL: 'warn' },
  staging: { PORT: '8080', LOG_LEVEL: 'info', CIRCLE_BASE_URL: 'https://api-sandbox.circle.com' },
  production: { PORT: '8080', LOG_LEVEL: 'info', CIRCLE_BASE_URL: 'https://api.circle.com' },
  ci: { CI: 'true' },
};

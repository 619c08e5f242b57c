// Names that people and programs mistake for one another. One table, so that every provider of the group tells the same
// story; a provider file picks its group and never lists itself.
import type { NearName } from './provider.ts';

const circleLike: readonly NearName[] = [
  {
    name: 'Circle',
    domain: 'circle.com',
    difference: 'payments, USDC and wallets; keys begin with LIVE_, SAND_ or TEST_API_KEY:',
  },
  {
    name: 'Circa',
    domain: 'circa.ai',
    difference: 'company data; keys begin with circa_live_ or circa_test_',
  },
  {
    name: 'Appcircle',
    domain: 'appcircle.io',
    difference: 'builds of mobile apps; a name and a secret without a prefix',
  },
  {
    name: 'CircleCI',
    domain: 'circleci.com',
    difference: 'builds and tests; tokens begin with CCIPAT_ or CCIPRJ_',
  },
  { name: 'Circleback', domain: 'circleback.ai', difference: 'meeting notes; keys begin with cb_' },
  { name: 'Circle.so', domain: 'circle.so', difference: 'online communities' },
];

/** The names like Circle, without the provider's own domain. */
export const namesLikeCircle = (ownDomain: string): readonly NearName[] =>
  circleLike.filter((entry) => entry.domain !== ownDomain);

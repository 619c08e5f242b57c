// AWS IAM against a server that verifies every signature and every form by the description.
import { expect } from 'vitest';
import { describeTurn, type SetUp } from '../../../support/turning/official-cases.ts';
import { awsKey, awsProvider } from '../../../support/turning/official/aws-iam.ts';

const operations = {
  before: [],
  list: 'ListAccessKeys',
  make: 'CreateAccessKey',
  revoke: ['UpdateAccessKey', 'DeleteAccessKey'],
} as const;
const common = { provider: 'aws-iam', operations, removesNew: true, saysFull: true } as const;

const self = (answersIn: 'json' | 'xml') => (): SetUp => {
  const provider = awsProvider(answersIn);
  return { provider, old: provider.keys.add(awsKey('deploy')), turn: {} };
};

describeTurn({ ...common, way: 'self', setUp: self('json') });
describeTurn({ ...common, way: 'self', setUp: self('xml') });
describeTurn({
  ...common,
  way: 'administrator',
  setUp: () => {
    const provider = awsProvider();
    const old = provider.keys.add(awsKey('robot', false));
    const administrator = provider.keys.add(awsKey('administrator'));
    return {
      provider,
      old,
      turn: {
        manager: { provider: 'aws-iam', values: administrator.values },
        inputs: { userName: 'robot' },
      },
    };
  },
  expectMade: (made) => {
    expect(made.notes['user']).toBe('robot');
  },
});

// A key with several secrets is asked about the one that is meant: the others work before and after a turn, and would prove nothing.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { planAsking } from '../../../src/core/providers/ask/converse.ts';
import { usualReach } from '../../../src/core/providers/ask/question.ts';
import { oidcProvider } from '../../../src/core/providers/definitions/oidc-provider.ts';

const text = (): string => randomBytes(32).toString('base64url');
const values = { clientId: 'client', clientSecret: text(), registrationAccessToken: text() };
const asked = (formats?: readonly string[]): string | undefined => {
  const question = {
    definition: oidcProvider,
    values,
    kind: 'unknown' as const,
    reach: usualReach,
    unattended: false,
    ...(formats === undefined ? {} : { formats }),
  };
  const planned = planAsking(question);
  return planned.ok ? planned.value.request.id : planned.said.state;
};

describe('a key with two secrets', () => {
  it('is asked about the first one where nothing is said, else about the one that is meant', () => {
    expect(asked()).toBe('exchange');
    expect(asked(['registration-token'])).toBe('registration');
    expect(asked(['client-secret'])).toBe('exchange');
  });

  it('is asked as usual where what is meant has no question of its own', () => {
    expect(asked(['another'])).toBe('exchange');
  });
});

// Chains of single-use tokens behind a key that lives on, guided turns that end with a call, and Terraform's user tokens: whole turns of the
// real machine, the real remote and the real HTTP client against servers that do what the documents say.
import { afterEach, describe, expect, it } from 'vitest';
import type { RotationTask } from '../../../../src/core/model/rotation.ts';
import { acceptValue, wantsValue } from '../../../../src/core/rotation/machine.ts';
import { createBench, secretsTold, type Bench } from '../../../support/turning/bench.ts';
import {
  actsUnder,
  randomText,
  serverFaults,
  type DocumentedServer,
} from '../../../support/turning/documented-server.ts';
import { anthropicServer } from '../../../support/turning/servers/anthropic.ts';
import { githubServer } from '../../../support/turning/servers/github.ts';
import { shopifyServer, type ShopifyServer } from '../../../support/turning/servers/shopify.ts';
import { slackServer, type SlackServer } from '../../../support/turning/servers/slack.ts';
import { terraformServer, type TerraformServer } from '../../../support/turning/servers/terraform.ts';

const open: DocumentedServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
const kept = <T extends DocumentedServer>(server: T): T => {
  open.push(server);
  return server;
};
const pairFields = ['secret', 'refreshToken', 'clientSecret'];

const slack = async (way: string, change: Readonly<Record<string, string>> = {}) => {
  let nowMs = Date.now;
  const server: SlackServer = kept(await slackServer(() => nowMs()));
  const pair = server.add();
  const bench = createBench({
    provider: 'slack',
    way,
    url: server.url,
    old: {
      secret: pair.access,
      refreshToken: pair.refresh,
      ...(way === 'refresh' ? { clientId: server.clientId, clientSecret: server.clientSecret } : {}),
      ...change,
    },
  });
  nowMs = bench.nowMs;
  return { server, bench, pair };
};

const shopify = async () => {
  let nowMs = Date.now;
  const server: ShopifyServer = kept(await shopifyServer(() => nowMs()));
  const pair = server.add();
  const bench = createBench({
    provider: 'shopify',
    way: 'refresh',
    url: server.url,
    old: {
      shop: 'acme',
      secret: pair.access,
      refreshToken: pair.refresh,
      clientId: server.clientId,
      clientSecret: server.clientSecret,
    },
  });
  nowMs = bench.nowMs;
  return { server, bench, pair };
};

describe.each(['refresh', 'tooling'])('Slack, %s', (way) => {
  it('gets the next pair, and the access token of before is seen dead after its twelve hours', async () => {
    const { server, bench, pair } = await slack(way);
    const startMs = bench.nowMs();
    const { outcome, deadAtMs } = await bench.run();
    expect(outcome?.kind).toBe('turned');
    expect((deadAtMs ?? 0) - startMs).toBeGreaterThanOrEqual(43_200_000 - 5_000);
    expect(bench.current()['secret']).not.toBe(pair.access);
    expect(server.isUsable(bench.current()['refreshToken'] ?? '')).toBe(true);
    expect(server.isUsable(pair.refresh)).toBe(false);
    expect(secretsTold(bench, pairFields)).toEqual([]);
  });

  it.each(serverFaults.filter((fault) => !actsUnder(fault)))(
    'is turned after %s, by asking again',
    async (fault) => {
      const { server, bench, pair } = await slack(way);
      server.failNext(fault, ({ path }) => path !== '/api/auth.test');
      expect((await bench.run()).outcome?.kind).toBe('turned');
      expect(bench.current()['secret']).not.toBe(pair.access);
    },
  );

  it.each(serverFaults.filter(actsUnder))(
    'after %s says that the pair is lost, and does not call a living access token a good end',
    async (fault) => {
      const { server, bench, pair } = await slack(way);
      server.failNext(fault, ({ path }) => path !== '/api/auth.test');
      const { outcome } = await bench.run();
      expect(outcome?.kind).toBe('lost');
      expect(outcome?.next).toMatch(way === 'refresh' ? /Install the app again/ : /configuration tokens/i);
      expect(bench.current()['secret']).toBe(pair.access);
      expect(server.isAlive(pair.access)).toBe(true);
    },
  );
});

describe('Slack says no with HTTP 200', () => {
  it.each([
    ['a wrong client secret', { clientSecret: randomText(32) }, /client secret/],
    ['a wrong client id', { clientId: '1.2' }, /client id/],
    ['a refresh token that was used', { refreshToken: `xoxe-1-${randomText(146)}` }, /refresh token/],
  ])('to %s, and nothing is changed', async (_, change, words) => {
    const { server, bench, pair } = await slack('refresh', change);
    const { outcome } = await bench.run();
    expect(outcome?.kind).toBe('unchanged');
    expect(outcome?.sentence).toMatch(words);
    expect(server.isUsable(pair.refresh)).toBe(true);
  });

  it('and without a refresh token nothing is sent', async () => {
    const { server, bench } = await slack('refresh', { refreshToken: '' });
    expect((await bench.run()).outcome?.kind).toBe('unchanged');
    expect(server.seen.filter(({ path }) => path.includes('oauth'))).toEqual([]);
  });
});

describe('Shopify', () => {
  it('gets the next pair, and the access token of before is seen dead after its hour', async () => {
    const { bench, pair } = await shopify();
    expect((await bench.run()).outcome?.kind).toBe('turned');
    expect(bench.current()['secret']).not.toBe(pair.access);
    expect(secretsTold(bench, pairFields)).toEqual([]);
  });

  it.each(serverFaults)('is turned after %s: the used refresh token is taken again', async (fault) => {
    const { server, bench } = await shopify();
    server.failNext(fault, ({ method }) => method === 'POST');
    expect((await bench.run()).outcome?.kind).toBe('turned');
    // Its access token is over by the time the one of before was seen dead; the refresh token is what must not be lost.
    expect(server.isUsable(bench.current()['refreshToken'] ?? '')).toBe(true);
  });
});

const task = (kind: RotationTask['kind'], step: RotationTask['step']): RotationTask => ({
  id: randomText(32).toLowerCase(),
  kind,
  step,
  title: kind,
  detail: '',
  who: '',
  portal: null,
  dueOn: null,
  optional: false,
  doneAtMs: null,
});
const byHand = [task('portal', 'create'), task('paste', 'create')];

const pasted = async (bench: Bench, secret: string): Promise<void> => {
  await bench.run();
  expect(wantsValue(bench.record())).toBe(true);
  expect(acceptValue(bench.desk(), { secret })).toBe(true);
  await bench.run();
};

describe('GitHub', () => {
  const begin = async () => {
    const server = kept(await githubServer());
    const old = server.add();
    const bench = createBench({
      provider: 'github-pat',
      way: 'guided',
      url: server.url,
      old: { secret: old },
      tasks: byHand,
    });
    return { server, old, bench };
  };

  it('revokes the old token without a login, once the new one works', async () => {
    const { server, old, bench } = await begin();
    const made = server.add();
    await pasted(bench, made);
    expect(bench.record().outcome?.kind).toBe('turned');
    expect([server.isAlive(made), server.isAlive(old)]).toEqual([true, false]);
    const call = server.seen.find(({ path }) => path === '/credentials/revoke');
    expect(call?.headers.authorization).toBeUndefined();
    expect(call?.json).toEqual({ credentials: [old] });
    expect(secretsTold(bench, ['secret'])).toEqual([]);
  });

  it('revokes nothing while the new one does not work', async () => {
    const { server, old, bench } = await begin();
    await pasted(bench, `ghp_${randomText(36)}`);
    expect(server.isAlive(old)).toBe(true);
    expect(bench.current()['secret']).toBe(old);
    expect(bench.record().outcome?.kind).not.toBe('turned');
  });

  it.each(serverFaults)('comes to its end after %s at the revoke', async (fault) => {
    const { server, old, bench } = await begin();
    server.failNext(fault, ({ path }) => path === '/credentials/revoke');
    await pasted(bench, server.add());
    expect(bench.record().outcome?.kind).toBe('turned');
    expect(server.isAlive(old)).toBe(false);
  });
});

describe('Anthropic', () => {
  const begin = async (admin?: string) => {
    const server = kept(await anthropicServer());
    const old = server.add('payments');
    server.add('another');
    const bench = createBench({
      provider: 'anthropic',
      way: 'guided-disable',
      url: server.url,
      old: { secret: old.value },
      manager: { provider: 'anthropic', values: { secret: admin ?? server.admin } },
      tasks: byHand,
    });
    return { server, old, bench };
  };

  it('finds the old key by its hint and sets it inactive, which can be undone', async () => {
    const { server, old, bench } = await begin();
    const made = server.add('payments-2');
    await pasted(bench, made.value);
    expect(bench.record().outcome?.kind).toBe('turned');
    expect(server.keys.map(({ name, status }) => [name, status])).toEqual([
      ['payments', 'inactive'],
      ['another', 'active'],
      ['payments-2', 'active'],
    ]);
    expect(bench.record().oldRemoteId).toBe(old.id);
  });

  it('does not begin with an admin key that is none', async () => {
    const { bench } = await begin(`sk-ant-admin01-${randomText(93)}AA`);
    await bench.run();
    expect(bench.record().outcome?.kind).toBe('unchanged');
    expect(bench.record().outcome?.sentence).toMatch(/does not accept the admin key/);
  });
});

describe('Terraform, a token of a user', () => {
  const begin = async (): Promise<{ server: TerraformServer; bench: Bench; old: string }> => {
    const server = kept(await terraformServer());
    const old = server.add('user-abc', 'payments reader');
    server.add('user-abc', 'another');
    const bench = createBench({
      provider: 'terraform-cloud',
      way: 'user',
      url: server.url,
      old: { secret: old.value },
      expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    });
    return { server, bench, old: old.value };
  };

  it('gets a successor with an end, and the old one is deleted by it', async () => {
    const { server, bench, old } = await begin();
    expect((await bench.run()).outcome?.kind).toBe('turned');
    expect(server.isAlive(old)).toBe(false);
    expect(server.tokens.map(({ description }) => description)).toEqual([
      'another',
      expect.stringMatching(/^payments-reader-kt-/),
    ]);
    expect(server.tokens[1]?.expiredAt).toMatch(/^20/);
  });

  it.each(serverFaults)('leaves no stray token after %s where it is made', async (fault) => {
    const { server, bench } = await begin();
    server.failNext(fault, ({ method }) => method === 'POST');
    expect((await bench.run()).outcome?.kind).toBe('turned');
    expect(server.tokens).toHaveLength(2);
    expect(server.isAlive(bench.current()['secret'] ?? '')).toBe(true);
  });

  it.each(serverFaults)('is deleted after %s where it is deleted', async (fault) => {
    const { server, bench, old } = await begin();
    server.failNext(fault, ({ method }) => method === 'DELETE');
    expect((await bench.run()).outcome?.kind).toBe('turned');
    expect(server.isAlive(old)).toBe(false);
  });

  it('dies at every save and comes to its end, with a token that works all the time', async () => {
    for (let saves = 1; saves <= 20; saves += 1) {
      const { server, bench, old } = await begin();
      bench.dieAt(saves);
      expect((await bench.run()).outcome?.kind, `after save ${String(saves)}`).toBe('turned');
      expect(server.tokens).toHaveLength(2);
      expect(server.isAlive(old)).toBe(false);
    }
  });
});

// Keys that are made in place of the old one: whole turns of the real machine, the real remote and the real HTTP client against servers that
// do what the documents say, with every fault at the one call that matters, and a process that dies at every save.
import { afterEach, describe, expect, it } from 'vitest';
import { createBench, secretsTold, type Bench, type BenchOptions } from '../../../support/turning/bench.ts';
import {
  actsUnder,
  randomText,
  serverFaults,
  type Asked,
  type DocumentedServer,
} from '../../../support/turning/documented-server.ts';
import { cloudflareServer } from '../../../support/turning/servers/cloudflare.ts';
import { etcdServer } from '../../../support/turning/servers/etcd.ts';
import { gitlabServer } from '../../../support/turning/servers/gitlab.ts';
import { rabbitServer } from '../../../support/turning/servers/rabbitmq.ts';
import { registrationServer } from '../../../support/turning/servers/registration.ts';
import { terraformServer } from '../../../support/turning/servers/terraform.ts';
import type { Values } from '../../../../src/core/rotation/desk.ts';

type Stage = {
  readonly server: DocumentedServer;
  readonly bench: Bench;
  readonly secret: string;
  readonly isAlive: (values: Values) => boolean;
  /** The call that ends the old value. */
  readonly isMaking: (asked: Asked) => boolean;
  /** What must hold whatever happened. */
  readonly holds?: () => void;
};

const inThirtyDays = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const open: DocumentedServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
const kept = <T extends DocumentedServer>(server: T): T => {
  open.push(server);
  return server;
};

const gitlab =
  (way: string, kind: 'person' | 'project' | 'group', inputs: Values) => async (): Promise<Stage> => {
    const server = kept(await gitlabServer());
    const old = server.add(['self_rotate'], kind);
    const manager = server.add(['api']);
    const bench = createBench({
      provider: 'gitlab',
      way,
      url: server.url,
      old: { secret: old.value },
      inputs,
      expiresOn: inThirtyDays,
      ...(way === 'rotate-by-other'
        ? { manager: { provider: 'gitlab', values: { secret: manager.value } } }
        : {}),
    });
    return {
      server,
      bench,
      secret: 'secret',
      isAlive: ({ secret = '' }) => server.isAlive(secret),
      isMaking: ({ path }) => path.endsWith('/rotate'),
      holds: () => {
        expect(server.familiesKilled()).toBe(0);
        const made = server.tokens.filter(({ family, id }) => family === old.id && id !== old.id);
        expect(made.length).toBeLessThanOrEqual(1);
        for (const { expiresAt } of made) expect(expiresAt).toBe(inThirtyDays);
      },
    };
  };

const cloudflare = (way: string, owner: string) => async (): Promise<Stage> => {
  const server = kept(await cloudflareServer());
  const old = server.add(owner, way === 'roll-self');
  const manager = server.add(owner, true);
  const bench = createBench({
    provider: 'cloudflare',
    way,
    url: server.url,
    old: { secret: old.value, ...(owner === 'user' ? {} : { accountId: owner }) },
    ...(way === 'roll-self'
      ? {}
      : { manager: { provider: 'cloudflare', values: { secret: manager.value } } }),
  });
  const { id } = old;
  return {
    server,
    bench,
    secret: 'secret',
    isAlive: ({ secret = '' }) => server.isAlive(secret),
    isMaking: ({ method }) => method === 'PUT',
    holds: () => {
      const puts = server.seen.filter(({ method }) => method === 'PUT').map(({ path }) => path);
      for (const path of puts) expect(path).toContain(`/${id}/`);
    },
  };
};

const terraform =
  (way: 'organisation' | 'team', owner: string, inputs: Values) => async (): Promise<Stage> => {
    const server = kept(await terraformServer());
    const old = server.add(owner);
    const user = server.add('user-owner1');
    const bench = createBench({
      provider: 'terraform-cloud',
      way,
      url: server.url,
      old: { secret: old.value },
      inputs,
      expiresOn: inThirtyDays,
      ...(way === 'team' ? { manager: { provider: 'terraform-cloud', values: { secret: user.value } } } : {}),
    });
    return {
      server,
      bench,
      secret: 'secret',
      isAlive: ({ secret = '' }) => server.isAlive(secret),
      isMaking: ({ method }) => method === 'POST',
      holds: () => {
        expect(server.tokens.filter((token) => token.owner === owner)).toHaveLength(1);
      },
    };
  };

const registration = async (): Promise<Stage> => {
  const server = kept(await registrationServer());
  const metadata = {
    redirect_uris: ['https://app.example.com/cb'],
    grant_types: ['authorization_code'],
    client_name: 'A client',
    require_auth_time: true,
    default_max_age: 3_600,
    jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: randomText(43) }] },
  };
  const client = server.add(metadata);
  const bench = createBench({
    provider: 'oidc-provider',
    way: 'registration-token',
    url: server.url,
    settings: { base: server.url },
    old: { clientId: client.id, registrationAccessToken: client.token },
  });
  return {
    server,
    bench,
    secret: 'registrationAccessToken',
    isAlive: ({ registrationAccessToken }) =>
      server.clients.get(client.id)?.token === registrationAccessToken,
    isMaking: ({ method }) => method === 'PUT',
    holds: () => {
      expect(server.clients.get(client.id)?.metadata).toEqual(metadata);
    },
  };
};

const rabbitmq = (tags: readonly string[]) => async (): Promise<Stage> => {
  const server = kept(await rabbitServer());
  server.users.set('svc', { password: randomText(20), tags });
  server.users.set('boss', { password: randomText(20), tags: ['administrator'] });
  const login = (user: string): Values => ({
    host: '127.0.0.1',
    port: '5672',
    user,
    password: server.users.get(user)?.password ?? '',
  });
  const bench = createBench({
    provider: 'rabbitmq',
    way: 'password',
    url: server.url,
    old: login('svc'),
    manager: { provider: 'rabbitmq', values: login('boss') },
  });
  return {
    server,
    bench,
    secret: 'password',
    isAlive: ({ password }) => server.users.get('svc')?.password === password,
    isMaking: ({ method }) => method === 'PUT',
    holds: () => {
      expect(server.users.get('svc')?.tags).toEqual(tags);
    },
  };
};

const etcd = async (): Promise<Stage> => {
  const server = kept(await etcdServer());
  server.users.set('app', { password: randomText(20), isRoot: false });
  server.users.set('root', { password: randomText(20), isRoot: true });
  const login = (user: string): Values => ({
    host: '127.0.0.1',
    user,
    password: server.users.get(user)?.password ?? '',
  });
  const bench = createBench({
    provider: 'etcd',
    way: 'password',
    url: server.url,
    old: login('app'),
    manager: { provider: 'etcd', values: login('root') },
  });
  return {
    server,
    bench,
    secret: 'password',
    isAlive: ({ password }) => server.users.get('app')?.password === password,
    isMaking: ({ path }) => path === '/v3/auth/user/changepw',
  };
};

type Case = readonly [name: string, open: () => Promise<Stage>];
const given: readonly Case[] = [
  ['GitLab, a person’s token by itself', gitlab('rotate-self', 'person', {})],
  [
    'GitLab, a project’s token by itself',
    gitlab('rotate-project', 'project', { projectId: 'group/project' }),
  ],
  ['GitLab, a group’s token by itself', gitlab('rotate-group', 'group', { groupId: '7' })],
  ['GitLab, by another token', gitlab('rotate-by-other', 'person', {})],
  ['Cloudflare, of a person', cloudflare('roll', 'user')],
  ['Cloudflare, of an account', cloudflare('roll-account', 'a'.repeat(32))],
  ['Cloudflare, by itself', cloudflare('roll-self', 'user')],
  ['Terraform, of an organisation', terraform('organisation', 'org:acme', { organisation: 'acme' })],
  ['Terraform, of a team', terraform('team', 'team-abc1', { teamId: 'team-abc1' })],
  ['a registration token', registration],
];
const chosen: readonly Case[] = [
  ['RabbitMQ', rabbitmq(['monitoring', 'policymaker'])],
  ['RabbitMQ, a user who may not ask who it is', rabbitmq([])],
  ['etcd', etcd],
];

const finished = async ({ bench, isAlive, secret, holds }: Stage): Promise<string> => {
  const old = bench.current();
  const { outcome } = await bench.run();
  expect(secretsTold(bench, [secret])).toEqual([]);
  holds?.();
  if (outcome?.kind === 'turned') {
    expect(isAlive(bench.current())).toBe(true);
    expect(isAlive(old)).toBe(false);
    expect(bench.current()[secret]).not.toBe(old[secret]);
  }
  if (outcome?.kind === 'unchanged') {
    expect(bench.current()).toEqual(old);
    expect(isAlive(old)).toBe(true);
  }
  return outcome?.kind ?? `waits for ${bench.record().waitsFor}`;
};

const withFault = async (stage: Stage, fault: (typeof serverFaults)[number]): Promise<string> => {
  stage.server.failNext(fault, stage.isMaking);
  return finished(stage);
};

describe.each([...given, ...chosen])('%s', (_, stageOf) => {
  it('is turned: the new value works, the old one is refused', async () => {
    expect(await finished(await stageOf())).toBe('turned');
  });

  it('waits where it is asked to, and is turned then', async () => {
    expect(await withFault(await stageOf(), 'busy')).toBe('turned');
  });

  it('dies at every save, and the vault holds a value that works all the time', async () => {
    for (let saves = 1; saves <= 14; saves += 1) {
      const stage = await stageOf();
      stage.bench.dieAt(saves);
      expect(['turned', 'unchanged']).toContain(await finished(stage));
      expect(stage.isAlive(stage.bench.current())).toBe(true);
    }
  });
});

describe.each(given)('%s, made by the provider', (_, stageOf) => {
  it.each(serverFaults.filter((fault) => fault !== 'busy'))(
    'after %s at its one call the old one is asked, and the call is never made again',
    async (fault) => {
      const stage = await stageOf();
      const outcome = await withFault(stage, fault);
      expect(outcome).toBe(actsUnder(fault) ? 'lost' : 'unchanged');
      expect(stage.server.seen.filter(stage.isMaking)).toHaveLength(1);
      expect(stage.bench.record().outcome?.next).not.toBe('');
    },
  );
});

describe.each(chosen)('%s, with a password that is made here', (_, stageOf) => {
  it.each(serverFaults)('is turned after %s at its one call', async (fault) => {
    expect(await withFault(await stageOf(), fault)).toBe('turned');
  });

  it('keeps the password before it is sent', async () => {
    const stage = await stageOf();
    const before: boolean[] = [];
    stage.server.failNext('cut-before', (asked) => {
      if (stage.isMaking(asked))
        before.push(
          [...stage.bench.vault.values()].some(({ password }) => asked.text.includes(password ?? '?')),
        );
      return false;
    });
    await stage.bench.run();
    expect(before).toEqual([true]);
  });
});

describe('a key that is a connection string', () => {
  it('has the new password in it afterwards, and nothing else changed', async () => {
    const server = kept(await rabbitServer());
    const [before, boss] = [randomText(20), randomText(20)];
    server.users.set('svc', { password: before, tags: ['monitoring'] });
    server.users.set('boss', { password: boss, tags: ['administrator'] });
    const bench = createBench({
      provider: 'rabbitmq',
      way: 'password',
      url: server.url,
      old: { url: `amqp://svc:${before}@127.0.0.1:5672/orders` },
      manager: { provider: 'rabbitmq', values: { url: `amqp://boss:${boss}@127.0.0.1:5672` } },
    });
    expect((await bench.run()).outcome?.kind).toBe('turned');
    const now = server.users.get('svc')?.password ?? '';
    expect(now).not.toBe(before);
    expect(bench.current()['url']).toBe(`amqp://svc:${now}@127.0.0.1:5672/orders`);
    expect(secretsTold(bench, ['url', 'password'])).toEqual([]);
  });
});

describe('what the servers of this test hold', () => {
  it('GitLab kills the family where a revoked token is rotated', async () => {
    const server = kept(await gitlabServer());
    const first = server.add();
    const rotate = (token: string): Promise<Response> =>
      fetch(`${server.url}/api/v4/personal_access_tokens/self/rotate`, {
        method: 'POST',
        headers: { 'PRIVATE-TOKEN': token },
      });
    const made = (await (await rotate(first.value)).json()) as { readonly token: string };
    expect(server.isAlive(made.token)).toBe(true);
    expect((await rotate(first.value)).status).toBe(401);
    expect(server.isAlive(made.token)).toBe(false);
    expect(server.familiesKilled()).toBe(1);
  });

  it('RabbitMQ drops tags that are not sent', async () => {
    const server = kept(await rabbitServer());
    server.users.set('boss', { password: 'b', tags: ['administrator'] });
    server.users.set('svc', { password: 's', tags: ['monitoring'] });
    await fetch(`${server.url}/api/users/svc`, {
      method: 'PUT',
      headers: { authorization: `Basic ${btoa('boss:b')}`, 'content-type': 'application/json' },
      body: '{"password":"t"}',
    });
    expect(server.users.get('svc')?.tags).toEqual([]);
  });
});

describe('a token that was revoked meanwhile', () => {
  it('is never rotated: GitLab would kill its successor', async () => {
    const stage = await gitlab('rotate-self', 'person', {})();
    const bench: BenchOptions = { provider: 'gitlab', way: 'rotate-self', url: stage.server.url, old: {} };
    expect(bench.provider).toBe('gitlab');
    const rotated = await stage.bench.run();
    expect(rotated.outcome?.kind).toBe('turned');
    // Somebody turns once more with the value of before.
    const stale = createBench({ ...bench, old: stage.bench.vault.get('old') ?? {}, expiresOn: inThirtyDays });
    expect((await stale.run()).outcome?.kind).toBe('unchanged');
    expect(stage.isAlive(stage.bench.current())).toBe(true);
    stage.holds?.();
  });
});

// Tokens of a registry of one's own, for real: Verdaccio, installed from the package registry for this test, its tokens turned by a whole agent
// under a program that uses them without pause, and by processes that are killed.
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { installOnce, startVerdaccio, type Verdaccio } from '../support/registry-servers.ts';
import { newLivePlace, type LivePlace } from '../support/turning/live-place.ts';
import { useHttp } from '../support/turning/uses.ts';
import {
  expectNoRefusal,
  expectTurned,
  turnByTheDying,
  turnUnderLoad,
} from '../support/turning/whole-turn.ts';

// The registry no longer has the tag that one of Verdaccio's own packages asks for.
const verdaccio = await installOnce({
  name: 'verdaccio',
  version: '6.10.4',
  overrides: { 'node-fetch': '2.7.0' },
});

// Processes are started again and again, perhaps on a busy machine.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const graceMs = 2_000;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe.runIf(verdaccio !== undefined)('Verdaccio', () => {
  let server: Verdaccio;
  let session: string;
  let place: LivePlace;
  const password = randomBytes(18).toString('base64url');
  beforeAll(async () => {
    server = await startVerdaccio(verdaccio!);
    session = await server.logIn('alice', password);
  });
  afterAll(async () => {
    await server.stop();
    verdaccio!.remove();
  });
  beforeEach(async () => {
    place = await newLivePlace();
    await place.get('providers.configure', { id: 'verdaccio', values: { registry: server.base } });
  });
  afterEach(() => place.remove());

  const create = async (): Promise<string> => {
    const wanted = { password, readonly: false, cidr_whitelist: [] };
    const heard = await server.calls('POST', '/-/npm/v1/tokens', wanted, bearer(session));
    expect(heard.status).toBe(200);
    return (heard.body as { token: string }).token;
  };
  const listed = async (): Promise<number> => {
    const heard = await server.calls('GET', '/-/npm/v1/tokens', undefined, bearer(session));
    return (heard.body as { objects: unknown[] }).objects.length;
  };
  const use = useHttp(
    (variables) => ({
      url: `${server.base}/-/whoami`,
      headers: bearer(variables['VERDACCIO_TOKEN'] ?? ''),
    }),
    (status, body) => status === 200 && body.includes('alice'),
  );
  const isLetIn = (variables: Readonly<Record<string, string>>): Promise<boolean> =>
    use(variables).then(
      () => true,
      () => false,
    );
  const add = async (): Promise<{ keyId: string; managerKeyId: string }> => {
    const keyId = await place.addKey('verdaccio', 'program', { secret: await create() });
    const managerKeyId = await place.addKey('verdaccio', 'manager', { secret: session, password });
    await place.writeEnvFile();
    return { keyId, managerKeyId };
  };

  it('turns a token without one refused request', async () => {
    const keys = await add();
    const before = [place.variables(), await listed()] as const;
    const turned = await turnUnderLoad(place, { ...keys, way: 'by-password', graceMs }, use);
    expectTurned(turned);
    expectNoRefusal(turned);
    expect([await isLetIn(before[0]), await isLetIn(place.variables())]).toEqual([false, true]);
    expect(await listed()).toBe(before[1]);
  });

  it('turns a token by processes that are killed, without one refused request, and tells of what is left', async () => {
    const keys = await add();
    const before = [place.variables(), await listed()] as const;
    const turned = await turnByTheDying(place, { ...keys, way: 'by-password', graceMs }, use);
    expectTurned(turned);
    expectNoRefusal(turned);
    expect([await isLetIn(before[0]), await isLetIn(place.variables())]).toEqual([false, true]);
    // Tokens have no name here: one whose answer was lost cannot be found, and a person is told of it.
    const told = turned.view.tasks.filter(({ kind }) => kind === 'orphan').length;
    expect(await listed()).toBeLessThanOrEqual(before[1] + told);
  });
});

// Unknown keys that take more than the built-in catalogue on a plain text: those of a provider of one's own, in base64, in UTF-16. Found by the
// scanner, named, and taken in.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOf, unlockedAgent, type TestAgent } from '../support/agents.ts';
import { sampleKey } from '../support/key-samples.ts';
import { drawFrom } from '../support/random-keys.ts';

const document = resolve(import.meta.dirname, '../fixtures/providers/in-house-api.json');
const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const keyOf = (seed: number): string => {
  const draw = drawFrom(seed);
  return `acmebill_live_${Array.from({ length: 40 }, () => letters[draw(letters.length)]).join('')}`;
};
const value = keyOf(7);

let tested: TestAgent;
let folder: string;
beforeAll(async () => {
  tested = await unlockedAgent();
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'keyturn-own-')));
  writeFileSync(join(folder, 'notes.txt'), `the key is ${value}\n`);
});
afterAll(() => {
  tested.remove();
  rmSync(folder, { recursive: true, force: true });
});

const scan = async () => {
  await tested.get('scan.start', { paths: [folder] });
  expect(await tested.get('scan.follow', {})).toMatchObject({ state: 'done' });
  return (await tested.get('leaks.list', { states: ['open'] })).findings;
};

describe('a provider of one’s own', () => {
  it('is looked for from the moment on that it is added, in files that were read before', async () => {
    expect(await scan()).toEqual([]);
    await tested.get('providers.addPath', { path: document });
    expect(await scan()).toMatchObject([
      {
        keyId: null,
        pattern: 'acme-billing/live',
        provider: 'acme-billing',
        providerName: 'Acme billing',
        kind: 'live',
        place: { path: join(folder, 'notes.txt'), line: 1, column: 12 },
      },
    ]);
  });

  it('has its keys taken into the vault from where they were found', async () => {
    const [found] = await scan();
    const draft = await tested.get('leaks.take', { id: found!.id });
    expect(draft).toMatchObject({ chosen: 'acme-billing', kind: 'live' });
    const place = await placeOf(tested);
    const { id } = await tested.get('keys.add', {
      projectId: place.projectId,
      environmentIds: [place.environments.get('production')!],
      facts: { name: 'billing' },
      draftId: draft.draftId,
    });
    expect((await tested.get('keys.reveal', { id, field: 'secret' })).value).toBe(value);
    expect(await scan()).toMatchObject([{ keyId: id, name: 'billing' }]);
  });

  it('is looked for no more once it is removed', async () => {
    writeFileSync(join(folder, 'other.txt'), `${keyOf(8)}\n`);
    const isOther = ({ place }: { readonly place: { readonly path: string } }): boolean =>
      place.path.endsWith('other.txt');
    expect((await scan()).filter(isOther)).toHaveLength(1);
    await tested.get('providers.remove', { id: 'acme-billing' });
    expect((await scan()).filter(isOther)).toEqual([]);
  });
});

describe('a key in disguise', () => {
  const stranger = sampleKey('stripe', 'secret-live', 32);
  const encoded = (text: string): string => Buffer.from(text).toString('base64');

  it.each([
    ['a Kubernetes secret', 'secret.yaml', `data:\n  stripe: ${encoded(stranger)}\n`, 'base64', 2, 11],
    [
      'a header',
      'curl.sh',
      `curl -H 'Authorization: Basic ${encoded(`${stranger}:`)}' localhost\n`,
      'base64',
      1,
      31,
    ],
    [
      'a login of Docker',
      'config.json',
      `{"auths":{"r.localhost":{"auth": "${encoded(`me:${stranger}`)}"}}}\n`,
      'base64',
      1,
      35,
    ],
    ['UTF-16', 'wide.txt', `\ufeffone\r\nkey=${stranger}\r\n`, 'utf-16', 2, 5],
  ])('in %s is found, masked and taken in', async (_what, name, text, encoding, line, column) => {
    const file = join(folder, name);
    writeFileSync(file, text, encoding === 'utf-16' ? 'utf16le' : 'utf8');
    const found = (await scan()).find(({ place }) => place.path === file);
    expect(found).toMatchObject({
      keyId: null,
      pattern: 'stripe/secret-live',
      encoding,
      place: { line, column },
    });
    const context = await tested.get('leaks.context', { id: found!.id });
    for (const secret of [stranger.slice(12), encoded(stranger).slice(16, 30)])
      expect(JSON.stringify([found, context])).not.toContain(secret);
    expect(await tested.get('leaks.take', { id: found!.id })).toMatchObject({
      chosen: 'stripe',
      kind: 'live',
    });
    expect(found!.scrub).toBe('replace');
    await tested.get('leaks.scrub', { id: found!.id });
    expect((await scan()).filter(({ place }) => place.path === file)).toEqual([]);
  });
});

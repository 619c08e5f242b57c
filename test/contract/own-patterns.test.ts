// Unknown keys by what a vault adds to the catalogue: a key of a provider of one's own is found by the scanner, named, and taken in.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOf, unlockedAgent, type TestAgent } from '../support/agents.ts';
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

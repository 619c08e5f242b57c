// Looking for pasted keys with the real agent and the real scanner process: what is found, told, gone and returned.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf, newAgent, placeOf, testPassword, type TestAgent } from '../support/agents.ts';
import { sampleKey } from '../support/key-samples.ts';

const value = sampleKey('circa', 'live', 21);
const stranger = sampleKey('stripe', 'secret-live', 22);

describe('a scan', () => {
  let tested: TestAgent;
  let folder: string;
  let keyId: string;

  beforeAll(async () => {
    tested = await newAgent();
    await tested.get('vault.create', { password: bytesOf(testPassword) });
    const place = await placeOf(tested);
    const environmentIds = [place.environments.get('production')!];
    keyId = (
      await tested.get('keys.add', {
        projectId: place.projectId,
        environmentIds,
        facts: { name: 'mail' },
        fields: [{ name: 'secret', value: bytesOf(value) }],
      })
    ).id;
    folder = mkdtempSync(join(tmpdir(), 'keyturn-scan-'));
  });
  afterAll(() => {
    tested.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const scan = async () => {
    await tested.get('scan.start', { paths: [folder], places: false });
    return tested.get('scan.follow', {});
  };
  const list = async () => (await tested.get('leaks.list', {})).findings;

  it('finds a key of the vault and an unknown one, and says where', async () => {
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/app.py'), `import os\n\nTOKEN = "${value}"\n`);
    writeFileSync(join(folder, 'notes.txt'), `hello\nkey ${stranger}\n`);
    writeFileSync(join(folder, 'clean.txt'), 'nothing here\n');
    const view = await scan();
    expect(view).toMatchObject({ state: 'done', filesScanned: 3, findings: 2 });
    const findings = await list();
    expect(findings).toHaveLength(2);
    expect(findings.find((each) => each.keyId === keyId)).toMatchObject({
      name: 'mail',
      encoding: 'plain',
      place: { path: join(folder, 'src/app.py'), line: 3, column: 10 },
      state: 'open',
    });
    expect(findings.find((each) => each.keyId === null)).toMatchObject({
      provider: 'stripe',
      place: { line: 2, column: 5 },
    });
    expect(JSON.stringify(findings)).not.toContain(value);
    expect(JSON.stringify(findings)).not.toContain(stranger);
  });

  it('finds the same again as the same, though lines have moved, and tells what is gone', async () => {
    const before = await list();
    writeFileSync(join(folder, 'src/app.py'), `# moved\nimport os\n\nTOKEN = "${value}"\n`);
    unlinkSync(join(folder, 'notes.txt'));
    await scan();
    const after = await list();
    expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
    expect(after.find((each) => each.keyId === keyId)).toMatchObject({ state: 'open', place: { line: 4 } });
    expect(after.find((each) => each.keyId === null)).toMatchObject({ state: 'gone' });
    writeFileSync(join(folder, 'notes.txt'), `${stranger}\n`);
    await scan();
    expect((await list()).find((each) => each.keyId === null)).toMatchObject({ state: 'returned' });
  });
});

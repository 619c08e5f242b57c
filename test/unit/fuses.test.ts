// A packed app without its fuses is an ordinary Electron that runs anybody's code. The check is held here to files with a real
// wire, set by Electron's own tool; a real binary passes it in the release workflow.
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFuses } from '../../packaging/check-wires.mjs';
import { fuseConfig, fuses } from '../../packaging/fuses.mjs';

const root = resolve(import.meta.dirname, '../..');
const constants = join(root, 'node_modules/@electron/fuses/dist/constants.js');
const { SENTINEL } = (await import(pathToFileURL(constants).href)) as { readonly SENTINEL: string };

const platforms = ['darwin', 'win32', 'linux'] as const;
// Electron's own defaults, by docs/tutorial/fuses.md.
const defaults = [1, 0, 1, 1, 0, 0, 0, 1, 1].map((on) => (on === 1 ? FuseState.ENABLE : FuseState.DISABLE));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-fuses-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const wire = (states: readonly number[], version = 1): Buffer =>
  Buffer.concat([Buffer.from(SENTINEL), Buffer.from([version, states.length, ...states])]);

/** A program with these wires after some bytes of something else. */
const program = (wires: readonly Buffer[], name = 'app', before = 1000): string => {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    Buffer.concat([Buffer.alloc(before, 7), ...wires.flatMap((each) => [each, Buffer.alloc(5000, 9)])]),
  );
  chmodSync(file, 0o755);
  return file;
};

const runCheck = (args: readonly string[]): Promise<{ readonly code: number; readonly words: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [join(root, 'scripts/check-fuses.mjs'), ...args], (error, _stdout, words) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1), words });
    });
  });

describe('the table of fuses', () => {
  it('decides on every fuse that Electron’s tool knows, in the order of the wire', () => {
    const known = Object.entries(FuseV1Options).filter(([, at]) => typeof at === 'number');
    expect(fuses.map(({ name }, at) => [name, at])).toEqual(known);
    expect(fuses).toHaveLength(9);
  });

  it('is what the page of promises says', () => {
    const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
    const section = page.slice(page.indexOf('## Fuses'), page.indexOf('## @electron/remote'));
    for (const { name, wanted } of fuses) {
      const words = wanted.darwin === wanted.linux ? '' : ' for macOS and Windows';
      expect(section).toMatch(
        new RegExp(`^\\| ${name} +\\| ${wanted.darwin ? 'on' : 'off'}${words} +\\|`, 'm'),
      );
      expect(wanted.win32).toBe(wanted.darwin);
    }
  });
});

describe.each(platforms)('an app for %s', (platform) => {
  it('is as it must be once it is packed', async () => {
    const app = program([wire(defaults)]);
    await flipFuses(app, fuseConfig(platform));
    expect(await checkFuses(app, platform)).toEqual([]);
    const read = await getCurrentFuseWire(app);
    for (const [at, { wanted }] of fuses.entries()) {
      expect(read[at as FuseV1Options]).toBe(wanted[platform] ? FuseState.ENABLE : FuseState.DISABLE);
    }
  });

  it.each(fuses.map(({ name, wanted }) => [name, wanted[platform]] as const))(
    'is refused by name when %s is not %s',
    async (name, wanted) => {
      const app = program([wire(defaults)]);
      await flipFuses(app, fuseConfig(platform));
      await flipFuses(app, { version: FuseVersion.V1, [FuseV1Options[name as 'RunAsNode']]: !wanted });
      expect(await checkFuses(app, platform)).toEqual([
        `${name} is ${wanted ? 'off' : 'on'} and must be ${wanted ? 'on' : 'off'}`,
      ]);
    },
  );
});

describe('the check of a packed app', () => {
  const right: readonly number[] = fuses.map(({ wanted }) =>
    wanted.linux ? FuseState.ENABLE : FuseState.DISABLE,
  );

  it('looks at every wire: a universal binary has two', async () => {
    const wrong = right.with(0, FuseState.ENABLE);
    expect(await checkFuses(program([wire(right), wire(right)]), 'linux')).toEqual([]);
    expect(await checkFuses(program([wire(right), wire(wrong)]), 'linux')).toEqual([
      'RunAsNode is on and must be off',
    ]);
  });

  it('finds a wire wherever it lies, across the border of two chunks too', async () => {
    const border = 4 * 1024 * 1024;
    for (const before of [border - SENTINEL.length - 5, border - 10, border]) {
      expect(await checkFuses(program([wire(right)], 'app', before), 'linux')).toEqual([]);
    }
  });

  it('reads a bundle’s framework, where macOS has the wire', async () => {
    const inside = 'Keyturn.app/Contents/Frameworks/Electron Framework.framework/Electron Framework';
    program([wire(right), wire(right)], inside);
    const bundle = join(folder, 'Keyturn.app');
    expect(await checkFuses(bundle, 'darwin')).toEqual([
      'EnableEmbeddedAsarIntegrityValidation is off and must be on',
    ]);
    await flipFuses(join(folder, inside), { ...fuseConfig('darwin'), resetAdHocDarwinSignature: false });
    expect(await checkFuses(bundle, 'darwin')).toEqual([]);
  });

  it('refuses what it does not know', async () => {
    expect(await checkFuses(program([]), 'linux')).toEqual(['no fuses are in this file: it is no Electron']);
    expect(await checkFuses(program([wire(right, 2)]), 'linux')).toEqual([
      'the wire has schema 2, and 1 is known',
    ]);
    expect(await checkFuses(program([wire([...right, FuseState.ENABLE])]), 'linux')).toEqual([
      'the wire has 10 fuses, and packaging/fuses.mjs decides on 9',
    ]);
    expect(await checkFuses(program([wire(right.slice(0, 8))]), 'linux')).toEqual([
      'WasmTrapHandlers is missing and must be on',
    ]);
    expect(await checkFuses(program([wire(right.with(5, FuseState.REMOVED))]), 'linux')).toEqual([
      'OnlyLoadAppFromAsar is removed and must be on',
    ]);
  });

  it('fails as a command, with the name of the fuse, and says when all is right', async () => {
    const app = program([wire(defaults)], 'app.exe');
    const before = await runCheck([app]);
    expect(before.code).toBe(1);
    expect(before.words).toContain('OnlyLoadAppFromAsar is off and must be on');
    expect(before.words).toContain('EnableEmbeddedAsarIntegrityValidation is off and must be on');
    await flipFuses(app, fuseConfig('win32'));
    const after = await runCheck([app]);
    expect(after.code).toBe(0);
    expect(after.words).toContain('all nine fuses are as they must be');
    expect((await runCheck([app, '--platform', 'linux'])).code).toBe(1);
    expect((await runCheck([join(folder, 'none')])).code).toBe(1);
    expect((await runCheck([])).code).toBe(1);
  });
});

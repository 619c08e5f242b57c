// The tests of the gates themselves: each of the three boundary proofs must pass on clean code and fail on a planted
// violation. Violations are planted in temporary copies, never in src/. What is allowed is written out here once more, as the
// architecture page has it, so that a slip in scripts/lint/arrows.mjs cannot excuse itself.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const folders: string[] = [];

/** A temporary folder with these files, removed after the tests. */
function plant(files: Readonly<Record<string, string>>, parent = tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'keyturn-planted-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Runs a script on this Node and gives its exit code and all it printed. */
const run = (
  script: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; output: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [script, ...args], { cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` });
    });
  });

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const rooms = [
  'core/model',
  'core/providers',
  'core/vault',
  'contract',
  'node',
  'agent',
  'main',
  'preload',
  'renderer',
  'cli',
];

/** Rooms that a room may import values from, itself apart. */
const values: Readonly<Record<string, readonly string[]>> = {
  'core/vault': ['core/model', 'core/providers'],
  'core/providers': ['core/model'],
  node: ['core/model', 'core/providers', 'core/vault'],
  agent: ['core/model', 'core/providers', 'core/vault', 'node', 'contract'],
  main: ['contract'],
  preload: ['contract'],
  cli: ['agent', 'contract', 'core/model'],
};

/** Rooms that a room may import only types from. */
const types: Readonly<Record<string, readonly string[]>> = {
  contract: ['core/model'],
  main: ['core/model'],
  preload: ['core/model'],
  renderer: ['contract', 'core/model'],
};

const up = (room: string): string => '../'.repeat(room.split('/').length);

type Planted = {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly allowed: boolean;
};

const arrows: readonly Planted[] = rooms.flatMap((from) =>
  rooms.flatMap((to) => {
    const byValue = from === to || (values[from]?.includes(to) ?? false);
    const byType = byValue || (types[from]?.includes(to) ?? false);
    const file = (kind: string): string => `src/${from}/to-${to.replace('/', '-')}-${kind}.ts`;
    const path = from === to ? './other.ts' : `${up(from)}${to}/other.ts`;
    return [
      {
        name: `${from} → ${to}`,
        file: file('value'),
        text: `import { x } from '${path}';\nx();\n`,
        allowed: byValue,
      },
      {
        name: `${from} → ${to} as a type`,
        file: file('type'),
        text: `import type { X } from '${path}';\nexport type Y = X;\n`,
        allowed: byType,
      },
    ];
  }),
);

const packages: readonly (readonly [specifier: string, file: string, allowed: boolean])[] = [
  ['electron', 'src/main/window.ts', true],
  ['electron', 'src/preload/index.ts', true],
  ['electron', 'src/agent/index.ts', false],
  ['electron', 'src/node/store.ts', false],
  ['electron', 'src/cli/main.ts', false],
  ['electron/main', 'src/core/vault/seal.ts', false],
  ['electron', 'src/renderer/app/main.tsx', false],
  ['@electron/remote/main', 'src/main/security/remote.ts', true],
  ['@electron/remote/main', 'src/main/index.ts', false],
  ['@electron/remote/renderer', 'src/preload/about.ts', true],
  ['@electron/remote/renderer', 'src/preload/index-2.ts', false],
  ['react', 'src/renderer/ui/button.tsx', true],
  ['react/jsx-runtime', 'src/renderer/ui/field.tsx', true],
  ['react', 'src/preload/about-2.ts', false],
  ['zustand', 'src/renderer/app/store.ts', true],
  ['zustand', 'src/core/keys/list.ts', false],
  ['@base-ui/react/dialog', 'src/renderer/ui/dialog.tsx', true],
  ['@base-ui/react/dialog', 'src/main/window-2.ts', false],
  ['libsodium-wrappers-sumo', 'src/node/sodium.ts', true],
  ['libsodium-wrappers-sumo', 'src/node/store-2.ts', false],
  ['libsodium-wrappers-sumo', 'src/agent/index-2.ts', false],
  ['@node-rs/argon2', 'src/node/kdf.ts', true],
  ['@node-rs/argon2', 'src/core/vault/kdf.ts', false],
  ['better-sqlite3', 'src/node/sqlite.ts', true],
  ['better-sqlite3', 'src/cli/main-2.ts', false],
  ['pg', 'src/node/servers/postgres-client.ts', true],
  ['pg', 'src/node/servers/postgres-change.ts', false],
  ['mysql2', 'src/node/servers/mysql-client.ts', true],
  ['mysql2', 'src/node/servers/mysql-change.ts', false],
  ['mysql2', 'src/agent/index-4.ts', false],
  ['node:fs', 'src/node/files.ts', true],
  ['node:fs', 'src/agent/index-3.ts', true],
  ['node:fs', 'src/cli/main-3.ts', true],
  ['node:fs', 'src/main/index-2.ts', true],
  ['node:fs', 'src/core/vault/file.ts', false],
  ['node:fs', 'src/contract/calls.ts', false],
  ['node:fs', 'src/preload/index-3.ts', false],
  ['node:fs', 'src/renderer/app/file.ts', false],
  ['fs', 'src/core/vault/bare.ts', false],
  ['fs', 'src/node/bare.ts', false],
  ['@zxcvbn-ts/core', 'src/node/password-strength.ts', true],
  ['@zxcvbn-ts/core', 'src/renderer/app/strength.ts', false],
  ['valibot', 'src/contract/call.ts', true],
  ['valibot', 'src/core/keys/parse.ts', false],
  ['vitest', 'src/core/keys/check.ts', false],
];

/** Forms in which an import can be written; each goes from core to node and must be seen. */
const forms: Readonly<Record<string, string>> = {
  'an export from': `export { x } from '../../node/other.ts';`,
  'an export of all': `export * from '../../node/other.ts';`,
  'an import for its effect': `import '../../node/other.ts';`,
  'an import()': `export const load = () => import('../../node/other.ts');`,
  'an import() of no plain string': `export const load = (name: string) => import(name);`,
  'a require': `const x = require('../../node/other.ts');\nx();`,
  'a type by import()': `export type X = import('../../node/other.ts').X;`,
  'an import with a query': `import { x } from '../../node/other.ts?raw';\nx();`,
  'a detour': `import { x } from '../../core/../node/other.ts';\nx();`,
  'a module of test/': `import { x } from '../../../test/support/x.ts';\nx();`,
};

const cryptoForms: readonly (readonly [text: string, allowed: boolean])[] = [
  [`import { randomBytes, timingSafeEqual } from 'node:crypto';`, true],
  [`import { createHash } from 'node:crypto';`, false],
  [`import { randomBytes, createCipheriv as seal } from 'node:crypto';`, false],
  [`import * as all from 'node:crypto';`, false],
  [`import crypto from 'node:crypto';`, false],
  [`export { scryptSync } from 'node:crypto';`, false],
  [`export const load = () => import('node:crypto');`, false],
  [`export const load = () => process.getBuiltinModule('node:crypto');`, false],
];

const planted: readonly Planted[] = [
  ...arrows,
  ...packages.map(([specifier, file, allowed]) => ({
    name: `${specifier} in ${file}`,
    file,
    text: `import * as it from '${specifier}';\nexport const y = it;\n`,
    allowed,
  })),
  ...Object.entries(forms).map(([name, text], index) => ({
    name: `${name}, core → node`,
    file: `src/core/keys/form-${index}.ts`,
    text: `${text}\n`,
    allowed: false,
  })),
  ...cryptoForms.map(([text, allowed], index) => ({
    name: text,
    file: `src/node/crypto-${index}.ts`,
    text: `${text}\n`,
    allowed,
  })),
  {
    name: 'a hash where requests are signed',
    file: 'src/node/signing/planted.ts',
    text: `import { createHash, createHmac, createSign } from 'node:crypto';\nexport const x = [createHash, createHmac, createSign];\n`,
    allowed: true,
  },
  {
    name: 'a cipher where requests are signed',
    file: 'src/node/signing/sealed.ts',
    text: `import { createCipheriv } from 'node:crypto';\nexport const x = createCipheriv;\n`,
    allowed: false,
  },
  {
    name: 'a derivation where passwords are made as servers keep them',
    file: 'src/node/servers/password-hashes.ts',
    text: `import { createHash, pbkdf2 } from 'node:crypto';\nexport const x = [createHash, pbkdf2];\n`,
    allowed: true,
  },
  {
    name: 'a derivation beside it',
    file: 'src/node/servers/other-hashes.ts',
    text: `import { pbkdf2 } from 'node:crypto';\nexport const x = pbkdf2;\n`,
    allowed: false,
  },
];

describe('proof 1: the linter', () => {
  it('is given every planted file under a name of its own', () => {
    expect(new Set(planted.map(({ file }) => file)).size).toBe(planted.length);
  });

  const refused = new Map<string, string[]>();
  let code = 0;

  beforeAll(async () => {
    const folder = plant(Object.fromEntries(planted.map(({ file, text }) => [file, text])));
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    cpSync(join(root, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
    const ended = await run(
      join(root, 'node_modules/oxlint/bin/oxlint'),
      ['--format', 'json', 'src'],
      folder,
    );
    code = ended.code;
    const report = JSON.parse(ended.output) as {
      diagnostics: { code: string; message: string; filename: string }[];
    };
    for (const { code: rule, message, filename } of report.diagnostics) {
      const name = filename.replaceAll('\\', '/');
      if (rule === 'keyturn(arrows)') refused.set(name, [...(refused.get(name) ?? []), message]);
    }
  }, 60_000);

  it('ends with a failure', () => expect(code).not.toBe(0));

  it.each(planted.filter(({ allowed }) => allowed))('lets pass: $name', ({ file }) => {
    expect(refused.get(file)).toBeUndefined();
  });

  it.each(planted.filter(({ allowed }) => !allowed))('refuses: $name', ({ file }) => {
    expect(refused.get(file)).toHaveLength(1);
  });
});

describe('proof 2: core and contract compile with no DOM and no Node types', () => {
  const compile = async (file: string, text: string): Promise<{ code: number; output: string }> => {
    const folder = plant({ 'src/core/clean.ts': 'export const one = 1;\n', [file]: text });
    for (const name of ['tsconfig.base.json', 'tsconfig.core.json', 'src/core/ambient.d.ts']) {
      cpSync(join(root, name), join(folder, name));
    }
    return run(join(root, 'node_modules/typescript/bin/tsc'), ['-p', 'tsconfig.core.json'], folder);
  };

  it.each(['src/core/keys/clean.ts', 'src/contract/clean.ts'])('passes on clean code in %s', async (file) => {
    const clean = `export const bytes: Uint8Array = new TextEncoder().encode('a');\n`;
    expect(await compile(file, clean)).toEqual({ code: 0, output: '' });
  });

  it.each([
    ['src/core/keys/planted.ts', `export const here = document.title;`, 'document'],
    ['src/core/keys/planted.ts', `export const home = process.env['HOME'];`, 'process'],
    ['src/core/keys/planted.ts', `export const text = Buffer.from('a');`, 'Buffer'],
    ['src/core/keys/planted.ts', `export const later = setTimeout(() => undefined, 1);`, 'setTimeout'],
    ['src/core/keys/planted.ts', `export const answer = fetch('https://example.org');`, 'fetch'],
    ['src/core/keys/planted.ts', `export const bytes = crypto.getRandomValues(new Uint8Array(1));`, 'crypto'],
    ['src/contract/planted.ts', `export const width = window.innerWidth;`, 'window'],
    ['src/contract/planted.ts', `export { readFileSync } from 'node:fs';`, 'node:fs'],
    ['src/contract/planted.ts', `console.log('a');`, 'console'],
  ])('fails on %s: %s', async (file, text, name) => {
    const { code, output } = await compile(file, `${text}\n`);
    expect(code).not.toBe(0);
    expect(output).toContain(file);
    expect(output).toContain(name);
  });
});

describe('proof 3: the built agent loads where Electron cannot be resolved', () => {
  const built = join(root, 'out/main');
  const load = (agent: string): Promise<{ code: number; output: string }> =>
    run(join(root, 'test/support/load-without-electron.ts'), [agent], root);

  it('loads as it was built', async () => {
    expect(existsSync(join(built, 'agent.js')), 'run `npm run setup` first: there is no build').toBe(true);
    expect(await load(join(built, 'agent.js'))).toEqual({ code: 0, output: 'loaded\n' });
  });

  it.each(['electron', 'electron/main', 'electron/common', '@electron/remote/main'])(
    'fails when %s is imported anywhere in it',
    async (specifier) => {
      // Below node_modules, so that the copy's own packages are found.
      const folder = plant({}, join(root, 'node_modules/.cache/keyturn/planted'));
      cpSync(built, folder, { recursive: true });
      writeFileSync(join(folder, 'planted.js'), `import '${specifier}';\n`);
      writeFileSync(join(folder, 'with-planted.js'), `import './planted.js';\nimport './agent.js';\n`);
      const { code, output } = await load(join(folder, 'with-planted.js'));
      expect(code).not.toBe(0);
      expect(output).toContain(`${specifier} cannot be had here`);
    },
  );
});

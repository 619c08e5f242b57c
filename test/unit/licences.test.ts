// The list of what is inside the app must be complete: what a build puts into a chunk, a style or a file, and what is loaded at run
// time. Seen on a build of its own with a planted package, and on the built app by other evidence than the list's own.
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leftOut } from '../../packaging/left-out.mjs';
import { describePackage, listLicences } from '../../scripts/lib/licences.mjs';
import { noteLicences, packageFolderOf, packageNameOf } from '../../scripts/lib/licences-plugin.mjs';
import { readLicences } from '../../src/renderer/features/about/licences.ts';

const root = resolve(import.meta.dirname, '../..');
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-licences-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};

const plant = (name: string, more: object = {}, text: string | null = `Words of ${name}`): void => {
  const fields = { name, version: '1.2.3', license: 'MIT', type: 'module', main: 'index.js', ...more };
  write(`node_modules/${name}/package.json`, JSON.stringify(fields));
  if (text !== null) write(`node_modules/${name}/LICENSE`, text);
};

const borrow = (name: string): void => {
  mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
};

const buildPlanted = (external: readonly string[]): Promise<unknown> =>
  build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    resolve: { preserveSymlinks: true },
    plugins: [noteLicences('page', join(folder, 'notes'))],
    build: {
      outDir: join(folder, 'out'),
      assetsInlineLimit: 0,
      lib: { entry: join(folder, 'entry.js'), formats: ['es'], fileName: 'entry' },
      rollupOptions: { external: [...external] },
    },
  });

describe('a build with packages of others', () => {
  beforeEach(() => {
    for (const name of ['react', 'electron', 'rolldown', 'vite']) borrow(name);
    plant('planted');
    write(
      'node_modules/planted/index.js',
      'import { deep } from "deep"; export const word = deep + "planted";',
    );
    plant('deep');
    write('node_modules/planted/node_modules/deep/index.js', 'export const deep = "inner";');
    write(
      'node_modules/planted/node_modules/deep/package.json',
      '{"name":"deep","version":"9.0.0","license":"ISC","type":"module","main":"index.js"}',
    );
    write('node_modules/planted/node_modules/deep/LICENCE.md', 'Words of the inner one');
    plant('@in/scope');
    write('node_modules/@in/scope/index.js', 'export const late = () => "late";');
    plant('styles', { main: 'a.css' });
    write('node_modules/styles/a.css', '.from-styles { color: red }');
    plant('shaken', { sideEffects: false });
    write('node_modules/shaken/index.js', 'export const nobody = "nobody asks for this";');
    plant('outside', { dependencies: { further: '1' }, optionalDependencies: { elsewhere: '1' } });
    plant('further', { dependencies: { outside: '1' } });
    write(
      'entry.js',
      `import { createElement } from 'react'; import { word } from 'planted'; import 'styles/a.css';
       import { nobody } from 'shaken'; import { x } from 'outside/x.js'; import { join } from 'node:path';
       export const made = [createElement, word, x, join]; export const load = () => import('@in/scope');`,
    );
  });

  it('lists each of them, however it came in, and none that was shaken out', async () => {
    await buildPlanted(['outside/x.js', 'node:path']);
    const list = listLicences(folder, join(folder, 'notes'), ['page']);
    const names = list.map(({ name, version }) => `${name} ${version}`);
    const ours = [
      '@in/scope 1.2.3',
      'deep 9.0.0',
      'further 1.2.3',
      'outside 1.2.3',
      'planted 1.2.3',
      'styles 1.2.3',
    ];
    expect(names).toEqual(expect.arrayContaining(ours));
    expect(names.filter((name) => /^(react|electron) /.test(name))).toHaveLength(2);
    expect(names.filter((name) => /^shaken|deep 1/.test(name))).toEqual([]);
    expect(list.find(({ name }) => name === 'deep')).toMatchObject({
      licence: 'ISC',
      text: 'Words of the inner one',
    });
    const code = readdirSync(join(folder, 'out'))
      .map((name) => readFileSync(join(folder, 'out', name), 'utf8'))
      .join('\n');
    for (const words of ['planted', 'inner', 'late', 'from-styles']) expect(code).toContain(words);
    expect(code).not.toContain('nobody asks');
  });

  it('fails by name where a package brings no text of its licence', async () => {
    rmSync(join(folder, 'node_modules/planted/LICENSE'));
    await buildPlanted(['outside/x.js', 'node:path']);
    expect(() => listLicences(folder, join(folder, 'notes'), ['page'])).toThrow(/^planted 1\.2\.3 /);
    plant('silent', { license: undefined });
    expect(() => describePackage(folder, 'node_modules/silent')).toThrow(/^silent 1\.2\.3 /);
  });

  it('fails where a part of the app left no note', async () => {
    await buildPlanted(['outside/x.js', 'node:path']);
    expect(() => listLicences(folder, join(folder, 'notes'))).toThrow(/main left no note/);
  });
});

it('finds a package by the path of its file, and by what an import names', () => {
  expect(packageFolderOf('/x/src/core/a.ts')).toBeNull();
  expect(packageFolderOf('../../x/node_modules/@a/b/files/c.woff2?url')).toBe('node_modules/@a/b');
  expect(packageFolderOf('C:\\x\\node_modules\\a\\node_modules\\b\\c.js')).toBe(
    'node_modules/a/node_modules/b',
  );
  expect(
    ['valibot', '@a/b/c.js', 'fs', 'fs/promises', 'node:net', 'electron', './a.js'].map(packageNameOf),
  ).toEqual(['valibot', '@a/b', null, null, null, null, null]);
});

describe('the list of the built app', () => {
  const text = (): string => readFileSync(join(root, 'out/licences.json'), 'utf8');
  const names = (): readonly string[] => readLicences(text()).map(({ name }) => name);

  it('gives each package a licence and its words', () => {
    const list = readLicences(text());
    expect(list.length).toBe((JSON.parse(text()) as unknown[]).length);
    for (const { name, licence, text: words } of list) {
      expect(`${name}: ${words}`).toMatch(/copyright|permission/i);
      expect(['MIT', 'ISC', 'OFL-1.1', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD']).toContain(
        licence,
      );
    }
  });

  it('has every package that the source maps of the shell, the agent and the command line know', () => {
    const maps = ['main', 'main/chunks', 'cli'].flatMap((part) =>
      readdirSync(join(root, 'out', part))
        .filter((name) => name.endsWith('.map'))
        .map((name) => join(root, 'out', part, name)),
    );
    const sources = maps.flatMap(
      (file) => (readJson(file) as { readonly sources: readonly string[] }).sources,
    );
    const packages = new Set(
      sources.flatMap((source) => packageFolderOf(source)?.replace(/.*node_modules\//, '') ?? []),
    );
    expect(packages.size).toBeGreaterThan(3);
    for (const name of packages) expect(names()).toContain(name);
  });

  it('has every package of others that our pages import, with their fonts', () => {
    const files = readdirSync(join(root, 'src/renderer'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.(tsx?|css)$/.test(name),
    );
    const imports = files.flatMap((name) => {
      const source = readFileSync(join(root, 'src/renderer', name), 'utf8');
      return [...source.matchAll(/^(?:import|\} from|@import)\b(?! type)[^'"\n]*['"]([^'"]+)['"]/gm)];
    });
    const packages = new Set(imports.flatMap(([, name]) => packageNameOf(name ?? '.') ?? []));
    expect([...packages]).toEqual(
      expect.arrayContaining(['react', '@fontsource-variable/inter', 'lucide-react']),
    );
    for (const name of packages) expect(names()).toContain(name);
  });

  it('has all that is packed to be loaded at run time, and Electron', () => {
    type Locked = { readonly dependencies?: Readonly<Record<string, string>> };
    const { packages } = readJson(join(root, 'package-lock.json')) as {
      readonly packages: Readonly<Record<string, Locked>>;
    };
    const needed = new Set<string>();
    const visit = (name: string): void => {
      if (leftOut.includes(name) || needed.has(name)) return;
      needed.add(name);
      for (const each of Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {})) visit(each);
    };
    for (const name of Object.keys(packages['']?.dependencies ?? {})) visit(name);
    expect([...needed]).toEqual(expect.arrayContaining(['better-sqlite3', 'libsodium-sumo', 'valibot']));
    for (const name of [...needed, 'electron']) expect(names()).toContain(name);
  });
});

it('a text that is no list shows none', () => {
  for (const text of [null, '', '{', '{}', '7', '[1, null, {"name": "x"}]'])
    expect(readLicences(text)).toEqual([]);
});

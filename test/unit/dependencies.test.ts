// What comes from others: docs/dependencies.md says why each package is there, and the lock files name nothing that the page's
// rules forbid. A licence, an install script or an origin that is new is an error until somebody has decided on it.
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

type Wanted = Readonly<Record<string, string>>;
type Locked = {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Wanted;
  readonly devDependencies?: Wanted;
  readonly optionalDependencies?: Wanted;
};
type Packages = Readonly<Record<string, Locked>>;

const packagesOf = (lock: string): Packages =>
  (JSON.parse(read(lock)) as { readonly packages: Packages }).packages;
const lockNames = ['package-lock.json', 'packaging/package-lock.json'];

/** What may stand in a lock file, by the page's rules. The second list is allowed for what packs an app and stays outside it. */
const allowed = new Set([
  ...[
    'MIT',
    'ISC',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    '0BSD',
    'BlueOak-1.0.0',
    'MPL-2.0',
    'OFL-1.1',
  ],
  'CC-BY-4.0',
]);
const allowedInPackaging = new Set([
  ...allowed,
  ...['Python-2.0', 'WTFPL', 'WTFPL OR ISC', '(WTFPL OR MIT)', '(MIT OR CC0-1.0)'],
]);

/** Faults of a lock file, each with the package's name. */
const faultsOf = (packages: Packages, licences: ReadonlySet<string>): readonly string[] =>
  Object.entries(packages).flatMap(([path, entry]) => {
    const origins = Object.values({
      ...entry.dependencies,
      ...entry.devDependencies,
      ...entry.optionalDependencies,
    });
    const faults = [
      ...(origins.some((range) =>
        /^(git|file|link|https?|github|gitlab|bitbucket|gist)\b[+:]|^[\w.-]+\/[\w.-]+/.test(range),
      )
        ? ['asks for a package from elsewhere']
        : []),
      ...(path === '' || licences.has(entry.license ?? '') ? [] : [`licence ${entry.license ?? 'not said'}`]),
      ...(path === '' || /^sha512-[\w+/]{86}==$/.test(entry.integrity ?? '') ? [] : ['no sha512']),
      ...(entry.resolved !== undefined || entry.link === true || entry.inBundle === true
        ? ['an address of its own']
        : []),
    ];
    return faults.map((fault) => `${path}: ${fault}`);
  });

const page = read('docs/dependencies.md');
const sectionOf = (title: string): string => {
  const start = page.indexOf(`## ${title}`);
  expect(start, title).toBeGreaterThan(-1);
  const end = page.indexOf('\n## ', start + 1);
  return page.slice(start, end === -1 ? undefined : end);
};
/** The rows of a section's table that name a package, cell by cell. */
const rowsOf = (title: string): readonly (readonly string[])[] =>
  sectionOf(title)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('`', '')),
    );

describe('the page of dependencies', () => {
  const main = packagesOf('package-lock.json');
  const packing = packagesOf('packaging/package-lock.json');
  const own = JSON.parse(read('package.json')) as Locked;
  const packer = JSON.parse(read('packaging/package.json')) as Locked;

  it.each([
    ['package.json’s run-time part', ['In the app, loaded at run time'], own.dependencies, main],
    ['its tools', ['In the app, put into its bundles', 'Tools of development'], own.devDependencies, main],
    ['its optional part', ['Optional: Node 24'], own.optionalDependencies, main],
    ['packaging/package.json', ['Packing, with a lock file'], packer.dependencies, packing],
  ])('has one row for each package of %s, with its version and licence', (_part, titles, wanted, lock) => {
    const rows = titles.flatMap(rowsOf).map(([name, version, licence]) => [name, version, licence]);
    const expected = Object.entries(wanted ?? {}).map(([name, version]) => [
      name,
      version,
      lock[`node_modules/${name}`]?.license,
    ]);
    const byName = (a: readonly unknown[], b: readonly unknown[]): number =>
      String(a[0]) < String(b[0]) ? -1 : 1;
    expect(rows.toSorted(byName)).toEqual(expected.toSorted(byName));
    for (const [, version] of expected) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('says of each why it is there and what would replace it', () => {
    const rows = [
      'In the app, loaded',
      'In the app, put',
      'Tools of',
      'Optional: Node',
      'Packing, with',
    ].flatMap(rowsOf);
    expect(rows.length).toBeGreaterThan(40);
    for (const [name, , , why, instead] of rows) {
      expect(`${name ?? ''}: ${why ?? ''}`.length).toBeGreaterThan((name ?? '').length + 8);
      expect(instead?.length, name).toBeGreaterThan(3);
    }
  });

  it('puts a package where it belongs: what is bundled stands in the app’s own list', () => {
    const inside = (JSON.parse(read('out/licences.json')) as readonly { readonly name: string }[]).map(
      ({ name }) => name,
    );
    for (const title of ['In the app, loaded', 'In the app, put']) {
      for (const [name] of rowsOf(title)) expect(inside).toContain(name);
    }
    for (const [name] of rowsOf('Tools of')) {
      if (name !== 'electron') expect(inside).not.toContain(name);
    }
  });
});

describe('the lock files', () => {
  it.each([
    ['package-lock.json', allowed, 200],
    ['packaging/package-lock.json', allowedInPackaging, 250],
  ] as const)('%s names only what the rules allow', (name, licences, atLeast) => {
    const packages = packagesOf(name);
    expect(Object.keys(packages).length).toBeGreaterThan(atLeast);
    expect(faultsOf(packages, licences)).toEqual([]);
  });

  it('would notice a licence, a missing hash, and an origin that nobody decided on', () => {
    const hash = `sha512-${'A'.repeat(86)}==`;
    const good = { version: '1.0.0', license: 'MIT', integrity: hash };
    expect(faultsOf({ 'node_modules/x': good }, allowed)).toEqual([]);
    const bad: readonly Locked[] = [
      { ...good, license: 'GPL-3.0' },
      { version: '1.0.0', integrity: hash },
      { version: '1.0.0', license: 'MIT' },
      { ...good, integrity: 'sha1-AAAA' },
      { ...good, resolved: 'git+ssh://git@example.com/x.git' },
      { ...good, resolved: 'https://example.com/x.tgz' },
      { ...good, link: true },
      { ...good, inBundle: true },
      { ...good, dependencies: { y: 'git+https://example.com/y.git' } },
      { ...good, dependencies: { y: 'file:../y' } },
      { ...good, optionalDependencies: { y: 'https://example.com/y.tgz' } },
      { ...good, dependencies: { y: 'someone/y#main' } },
    ];
    for (const entry of bad) expect(faultsOf({ 'node_modules/x': entry }, allowed)).toHaveLength(1);
  });

  it('agree on what both name: the packer sets fuses with the tool that is tested', () => {
    const [main, packing] = lockNames.map((name) => packagesOf(name)['node_modules/@electron/fuses']);
    expect(packing?.integrity).toBe(main?.integrity);
  });
});

describe('the app', () => {
  it('brings nothing that updates, reports or counts', () => {
    const suspect =
      /updater|update-electron|sentry|bugsnag|crashpad|telemetry|analytics|posthog|segment|amplitude/;
    const names = Object.keys(packagesOf('package-lock.json')).map((path) =>
      path.replace(/.*node_modules\//, ''),
    );
    expect(names.filter((name) => suspect.test(name))).toEqual([]);
    const used = /\b(autoUpdater|crashReporter|setFeedURL|sendBeacon)\b/;
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.tsx?$/.test(name),
    );
    expect(sources.length).toBeGreaterThan(200);
    expect(sources.filter((name) => used.test(read(`src/${name}`)))).toEqual([]);
    for (const words of ['electron-updater', '@sentry/electron']) expect(words).toMatch(suspect);
    expect('autoUpdater.setFeedURL({})').toMatch(used);
  });
});

describe('install scripts', () => {
  const named = rowsOf('Packages with an install script').map(
    ([name, lock]) => `${lock ?? ''}: ${name ?? ''}`,
  );

  it('stand in no package but those that the page names with a reason', () => {
    const found = lockNames.flatMap((lock) =>
      Object.entries(packagesOf(lock))
        .filter(([path, entry]) => path !== '' && entry.hasInstallScript === true)
        .map(([path]) => `${lock}: ${path.replace(/.*node_modules\//, '')}`),
    );
    expect(found).toEqual(named);
    for (const [, , why] of rowsOf('Packages with an install script'))
      expect(why?.length).toBeGreaterThan(20);
  });

  it('stand in no installed package either, whatever the lock says', () => {
    const found = Object.keys(packagesOf('package-lock.json')).flatMap((path) => {
      const file = join(root, path, 'package.json');
      if (path === '' || !existsSync(file)) return [];
      const { scripts = {}, gypfile } = JSON.parse(readFileSync(file, 'utf8')) as {
        readonly scripts?: Readonly<Record<string, string>>;
        readonly gypfile?: boolean;
      };
      // npm runs node-gyp by itself where a package has a binding.gyp and does not forbid it.
      const builds = existsSync(join(root, path, 'binding.gyp')) && gypfile !== false;
      const has = ['preinstall', 'install', 'postinstall'].some((name) => scripts[name] !== undefined);
      return has || builds ? [path] : [];
    });
    expect(found).toEqual([]);
  });
});

describe('npm under our settings', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keyturn-scripts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const npm = (cwd: string, args: readonly string[]): Promise<void> =>
    new Promise((done, refuse) => {
      const env = Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !/^npm_config_ignore/i.test(name)),
      );
      const cli = process.env['npm_execpath'];
      const direct = cli !== undefined && /npm-cli\.[cm]?js$/.test(cli);
      execFile(
        direct ? process.execPath : 'npm',
        direct ? [cli, ...args] : [...args],
        { cwd, env, shell: !direct && process.platform === 'win32' },
        (error, _stdout, stderr) => {
          if (error === null) done();
          else refuse(new Error(stderr));
        },
      );
    });

  /** Installs a package with a script in a folder of its own; says whether the script ran. */
  const installPlanted = async (name: string, settings: string | null): Promise<boolean> => {
    const at = join(folder, name);
    mkdirSync(join(at, 'planted'), { recursive: true });
    writeFileSync(
      join(at, 'planted/package.json'),
      JSON.stringify({ name: 'planted', version: '1.0.0', scripts: { postinstall: 'node run.js' } }),
    );
    writeFileSync(join(at, 'planted/run.js'), "require('node:fs').writeFileSync('ran', '')");
    writeFileSync(join(at, 'package.json'), '{"name":"x","version":"1.0.0","private":true}');
    if (settings !== null) cpSync(join(root, settings), join(at, '.npmrc'));
    const asked = settings === null ? ['--ignore-scripts=false'] : [];
    await npm(at, [
      'install',
      './planted',
      '--install-links',
      '--offline',
      '--no-audit',
      '--no-fund',
      ...asked,
    ]);
    expect(existsSync(join(at, 'node_modules/planted/run.js'))).toBe(true);
    return existsSync(join(at, 'node_modules/planted/ran'));
  };

  it('runs no script of a package that is installed', async () => {
    // Without the settings the script does run: the test would notice if nothing could.
    const ran = await Promise.all([installPlanted('without', null), installPlanted('with', '.npmrc')]);
    expect(ran).toEqual([true, false]);
    expect(read('packaging/.npmrc')).toBe(read('.npmrc'));
    // The environment goes before .npmrc, a flag before both.
    expect(read('scripts/lib/packages.mjs')).toMatch(/'ci',[^\]]*'--ignore-scripts'/);
  });
});

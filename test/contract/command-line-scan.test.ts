// keyturn scan and watch as a script and a person at a terminal see them: exit codes, JSON, SARIF, one finding a line; on real files and
// repositories.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHome, sample, type Home } from '../support/cli.ts';
import { entries } from '../support/entries.ts';
import { sampleKey } from '../support/key-samples.ts';
import { scannersOf } from '../support/process-memory.ts';

type Found = {
  readonly id: string;
  readonly keyId: string | null;
  readonly name: string | null;
  readonly pattern: string | null;
  readonly provider: string | null;
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly commit: string | null;
  readonly encoding: string;
  readonly severity: string;
  readonly masked: string;
  readonly place: string;
};
type Scanned = {
  readonly findings: readonly Found[];
  readonly filesScanned: number;
  readonly bytesScanned: number;
  readonly durationMs: number;
};

let home: Home;
let places: NodeJS.ProcessEnv;
const value = sample.circaLive();
const stranger = sampleKey('stripe', 'secret-live', 71);

const scan = (words: readonly string[], code: number): Promise<Scanned> =>
  home.json<Scanned>(['scan', ...words], { code, env: places });

beforeAll(async () => {
  home = newHome();
  // Well-known places are those of a home of the test's own.
  places = { HOME: join(home.folder, 'me') };
  mkdirSync(join(home.folder, 'me'));
  await home.json<unknown>(['init']);
  await home.json<unknown>(['add', 'mail', '--env', 'production', '--value-stdin'], { stdin: value });
}, 120_000);
afterAll(() => {
  for (const pid of scannersOf(home.home)) process.kill(pid, 'SIGKILL');
  home.remove();
});

const folderOf = (name: string, files: Readonly<Record<string, string>>): string => {
  const folder = join(home.folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return realpathSync(folder);
};

const git = (folder: string, ...words: readonly string[]): void => {
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@localhost', ...words], {
    stdio: 'ignore',
  });
};

describe('keyturn scan', () => {
  it('finds nothing where nothing is, and ends with 0', async () => {
    const folder = folderOf('clean', { 'a.txt': 'hello\n' });
    expect(await scan([folder], 0)).toMatchObject({ findings: [], filesScanned: 1, bytesScanned: 6 });
    const told = await home.run(['scan', folder], { env: places });
    expect(told).toMatchObject({ code: 0, err: '' });
    expect(told.out).toMatch(/^No pasted key was found\. /);
  }, 120_000);

  it('says in JSON which key stands where, ends with 1, and tells nothing of its value', async () => {
    const folder = folderOf('leaky', {
      'src/a.py': `\nTOKEN = "${value}"\n`,
      'b64.txt': `x: ${Buffer.from(`user:${value}`).toString('base64')}\n`,
      'c.txt': `${stranger}\n`,
    });
    const { findings } = await scan([folder], 1);
    const at = (name: string): Found | undefined => findings.find(({ path }) => path === join(folder, name));
    expect(at('src/a.py')).toMatchObject({
      name: 'mail',
      line: 2,
      column: 10,
      commit: null,
      encoding: 'plain',
      place: 'working-file',
    });
    expect(at('b64.txt')).toMatchObject({
      name: 'mail',
      encoding: expect.stringMatching(/^base64/) as string,
    });
    expect(at('c.txt')).toMatchObject({
      keyId: null,
      name: null,
      pattern: 'stripe/secret-live',
      provider: 'stripe',
    });
    const shown = await home.json<{ readonly places: readonly Found[] }>(['show', 'mail']);
    expect(shown.places.map(({ path }) => path).sort()).toEqual([
      join(folder, 'b64.txt'),
      join(folder, 'src/a.py'),
    ]);
    const told = await home.run(['scan', folder], { env: places });
    for (const text of [JSON.stringify(findings), JSON.stringify(shown), told.out, told.err]) {
      for (const secret of [value.slice(12), stranger.slice(12)]) expect(text).not.toContain(secret);
    }
    expect(told.out).toContain(`${join(folder, 'src/a.py')}:2:10  mail`);
  }, 120_000);

  it('writes SARIF 2.1.0', async () => {
    const folder = folderOf('sarif', { 'a b.py': `\nTOKEN = "${value}"\n` });
    const file = join(home.folder, 'report.sarif');
    expect((await home.run(['scan', folder, '--sarif', file], { env: places })).code).toBe(1);
    const report = JSON.parse(readFileSync(file, 'utf8')) as never;
    expect(report).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'keyturn', rules: [{ id: 'known-key' }] } },
          results: [
            {
              ruleId: 'known-key',
              ruleIndex: 0,
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: `file://${folder}/a%20b.py` },
                    region: { startLine: 2, startColumn: 10 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
    expect(JSON.stringify(report)).not.toContain(value.slice(12));
  }, 120_000);

  it('reads what is staged, what is not pushed, and the history of a repository', async () => {
    const folder = folderOf('repo', { 'old.txt': `k = ${value}\n` });
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-qm', 'one');
    writeFileSync(join(folder, 'old.txt'), 'clean\n');
    git(folder, 'commit', '-qam', 'two');
    expect((await scan([folder], 1)).findings).toMatchObject([{ inside: 'old.txt', place: 'commit' }]);
    const away = folderOf('away', { 'README.md': '' });
    git(away, 'init', '-q', '--bare');
    git(folder, 'push', '-q', away, 'HEAD:refs/heads/main');
    git(folder, 'remote', 'add', 'origin', away);
    git(folder, 'fetch', '-q', 'origin');
    const { findings } = await scan([folder, '--history'], 1);
    expect(findings).toMatchObject([
      { name: 'mail', path: folder, inside: 'old.txt', line: 1, place: 'commit' },
    ]);
    expect(findings[0]?.commit).toMatch(/^[0-9a-f]{40}$/);
    writeFileSync(join(folder, 'new.txt'), `${value}\n`);
    git(folder, 'add', 'new.txt');
    writeFileSync(join(folder, 'new.txt'), 'not any more\n');
    expect((await scan([folder, '--staged'], 1)).findings).toMatchObject([
      { path: join(folder, 'new.txt'), place: 'staged' },
    ]);
    git(folder, 'reset', '-q');
    expect((await scan([folder, '--staged'], 0)).findings).toEqual([]);
  }, 180_000);

  it('shows names as they are not: what steers a terminal stands as bytes', async () => {
    const folder = folderOf('odd', { 'a\u001b[2Jb.txt': `${value}\n` });
    const told = await home.run(['scan', folder], { env: places });
    expect(told.code).toBe(1);
    expect(told.out).toContain('a\\x1b[2Jb.txt');
    expect(told.out).not.toContain('\u001b');
  }, 120_000);

  it('refuses a path that is not there', async () => {
    const ran = await home.run(['scan', join(home.folder, 'nowhere')], { env: places });
    expect(ran).toMatchObject({ code: 2, out: '' });
    expect(ran.err).toContain('There is nothing at');
  }, 60_000);

  it('reads of the well-known places those that are chosen, which keyturn places lists and changes', async () => {
    type Place = { readonly path: string; readonly chosen: boolean; readonly reads: string };
    const history = join(home.folder, 'me/.bash_history');
    writeFileSync(history, `export A=${value}\n`);
    const chosen = async (words: readonly string[]): Promise<Place | undefined> =>
      (await home.json<readonly Place[]>(['places', ...words], { env: places })).find(
        ({ path }) => path === history,
      );
    expect(await chosen([])).toMatchObject({ chosen: true });
    expect((await chosen([]))?.reads).toMatch(/ 1 file, \d+ bytes\.$/);
    expect((await scan(['--places'], 1)).findings.map(({ path }) => path)).toEqual([history]);
    expect(await chosen(['leave', history])).toMatchObject({ chosen: false });
    expect((await scan(['--places'], 0)).findings).toEqual([]);
    expect(await chosen(['read', history])).toMatchObject({ chosen: true });
    const odd = await home.run(['places', 'leave', join(home.folder, 'nowhere')], { env: places });
    expect(odd).toMatchObject({ code: 2, out: '' });
    const told = await home.run(['places'], { env: places });
    expect(told.out).toContain(`[x] ${history}\n    Bash: `);
    rmSync(history);
  }, 180_000);

  it('leaves no scanner behind', async () => {
    const endMs = Date.now() + 30_000;
    while (scannersOf(home.home).length > 0 && Date.now() < endMs)
      await new Promise((resolve) => setTimeout(resolve, 200));
    expect(scannersOf(home.home)).toEqual([]);
  }, 60_000);
});

describe('keyturn watch', () => {
  it('tells of the places, then of what is pasted, one finding a line', async () => {
    const history = join(home.folder, 'me/.bash_history');
    writeFileSync(history, `export A=${value}\n`);
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      ...places,
      KEYTURN_HOME: home.home,
      KEYTURN_PASSWORD_FILE: home.passwordFile,
    };
    const child = spawn(process.execPath, [entries.commandLine, 'watch', '--json'], {
      env,
      cwd: home.folder,
    });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    const lines = (): readonly Found[] =>
      out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Found);
    const until = async (fits: () => boolean): Promise<void> => {
      const endMs = Date.now() + 60_000;
      while (!fits()) {
        if (Date.now() > endMs) throw new Error(`waited in vain; so far: ${out.length} characters`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    try {
      await until(() => lines().some(({ path }) => path === realpathSync(history)));
      const zsh = join(home.folder, 'me/.zsh_history');
      writeFileSync(zsh, 'ls\n');
      writeFileSync(history, `export A=${value}\nexport B=${stranger}\n`);
      await until(() =>
        lines().some(
          ({ pattern, path }) => pattern === 'stripe/secret-live' && path === realpathSync(history),
        ),
      );
      expect(out).not.toContain(value.slice(12));
    } finally {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      expect(await exited).toBe(0);
    }
    rmSync(history);
  }, 180_000);
});

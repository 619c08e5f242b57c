// Exports go to real files in temporary folders, beside real repositories.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeExportFile } from '../../src/node/export-file.ts';

const onUnix = process.platform === 'win32' ? [] : ['on a system with links and modes'];
const bytes = new TextEncoder().encode('PORT=3000\n');
let folder = '';

const write = (path: string, options: { allowGit?: boolean; overwrite?: boolean } = {}) =>
  writeExportFile(path, bytes, { cwd: folder, allowGit: false, overwrite: false, ...options });

const makeRepository = (ignored: string): string => {
  const repository = join(folder, 'repository');
  mkdirSync(repository);
  execFileSync('git', ['-C', repository, 'init', '-q'], { stdio: 'ignore' });
  writeFileSync(join(repository, '.gitignore'), ignored);
  return repository;
};

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'keyturn-export-')));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writing an export', () => {
  test('puts the bytes into a new file, relative to the working folder, and leaves nothing beside it', async () => {
    expect(await write('out.env')).toEqual({
      ok: true,
      value: { path: join(folder, 'out.env'), replaced: false },
    });
    expect(readFileSync(join(folder, 'out.env'), 'utf8')).toBe('PORT=3000\n');
    expect(readdirSync(folder)).toEqual(['out.env']);
  });

  test.each(onUnix)('lets nobody but the owner read it, whatever it replaces, %s', async () => {
    await write('new.env');
    writeFileSync(join(folder, 'old.env'), 'old', { mode: 0o666 });
    await write('old.env', { overwrite: true });
    expect(statSync(join(folder, 'new.env')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'old.env')).mode & 0o777).toBe(0o600);
  });

  test('does not touch a file that is there, unless asked', async () => {
    writeFileSync(join(folder, 'out.env'), 'mine');
    expect(await write('out.env')).toMatchObject({ ok: false, error: { kind: 'already-exists' } });
    expect(readFileSync(join(folder, 'out.env'), 'utf8')).toBe('mine');
    expect(await write('out.env', { overwrite: true })).toMatchObject({
      ok: true,
      value: { replaced: true },
    });
    expect(readFileSync(join(folder, 'out.env'), 'utf8')).toBe('PORT=3000\n');
    expect(readdirSync(folder)).toEqual(['out.env']);
  });

  test('refuses a folder and a folder that is not there', async () => {
    mkdirSync(join(folder, 'inner'));
    expect(await write('inner', { overwrite: true })).toMatchObject({
      ok: false,
      error: { kind: 'bad-input' },
    });
    expect(await write(join('nowhere', 'out.env'))).toMatchObject({ ok: false, error: { kind: 'io' } });
  });

  test.each(onUnix)('refuses symbolic links, whole or dangling, and pipes, %s', async () => {
    writeFileSync(join(folder, 'real'), 'mine');
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    symlinkSync(join(folder, 'gone'), join(folder, 'dangling'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const what = { link: 'symbolic link', dangling: 'symbolic link', pipe: 'pipe' };
    for (const [name, words] of Object.entries(what)) {
      const refused = await write(name, { overwrite: true });
      expect(refused).toMatchObject({ ok: false, error: { kind: 'refused' } });
      expect(JSON.stringify(refused)).toContain(words);
    }
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'gone'))).toBe(false);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  });
});

describe('writing an export into a git work tree', () => {
  test('is refused where git does not ignore the file, and says what to do', async () => {
    const repository = makeRepository('');
    const refused = await write(join(repository, '.env'));
    expect(refused).toMatchObject({
      ok: false,
      error: { kind: 'refused', where: { file: join(repository, '.env') } },
    });
    expect(JSON.stringify(refused)).toContain('.gitignore');
    expect(existsSync(join(repository, '.env'))).toBe(false);
  });

  test('is done where git ignores the file, or where told so', async () => {
    const repository = makeRepository('.env\n');
    expect(await write(join(repository, '.env'))).toMatchObject({ ok: true });
    expect(await write(join(repository, 'open.env'), { allowGit: true })).toMatchObject({ ok: true });
  });

  test.each(onUnix)('is refused through a folder that is a link into it, %s', async () => {
    symlinkSync(makeRepository(''), join(folder, 'link'));
    expect(await write(join('link', '.env'))).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });
});

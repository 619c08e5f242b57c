// What a killed Keyturn leaves in the folder of backups is removed once it is surely abandoned, and nothing else is.
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { tidyBackups } from '../../../src/node/backup-folder.ts';

const backup = '2026-11-28-143912Z-before-key-695af56a1711a509.keyturn-backup';
const [one, other] = ['bd68bd4edf3a', '52b8a50e7e8c'];
const unfinished = [`${backup}.${one}.tmp`, `${backup}.${one}.tmp-wal`, `${backup}.${one}.tmp.${other}.tmp`];
const foreign = [
  backup,
  `notes.${one}.tmp`,
  `${backup}.tmp`,
  `${backup}.${one}.tmp.bak`,
  `${backup}.${one.toUpperCase()}.tmp`,
];

const folderOf = (names: readonly string[], ageHours: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-tidy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const seconds = Date.now() / 1_000 - ageHours * 3_600;
  for (const name of names) {
    writeFileSync(join(folder, name), 'x');
    utimesSync(join(folder, name), seconds, seconds);
  }
  return folder;
};

it('removes unfinished backups, a copy of one that was being read back too, hours after they were begun', () => {
  const folder = folderOf([...unfinished, ...foreign], 3);
  tidyBackups(folder, [], Date.now());
  expect(readdirSync(folder).toSorted()).toEqual(foreign.toSorted());
});

it('leaves alone what another Keyturn may be writing now', () => {
  const folder = folderOf(unfinished, 0);
  tidyBackups(folder, [], Date.now());
  expect(readdirSync(folder).toSorted()).toEqual(unfinished.toSorted());
});

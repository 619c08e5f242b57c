// Which backups are kept, when the daily one is due, what a backup would change: all of it decided without a disk.
import { describe, expect, it } from 'vitest';
import {
  backupName,
  readBackupName,
  unknownMark,
  type BackupReason,
} from '../../../src/core/transfer/backup-names.ts';
import { compareBackup } from '../../../src/core/transfer/compare-backup.ts';
import {
  isDailyDue,
  keptOfEach,
  sortBackups,
  surplusBackups,
} from '../../../src/core/transfer/keep-backups.ts';
import type { MetaRecord } from '../../../src/core/vault/vault-types.ts';

const day = 86_400_000;
const noon = Date.UTC(2026, 10, 22, 12);
const mark = '0123456789abcdef';
const made = (atMs: number, reason: BackupReason = 'daily', of = mark) =>
  readBackupName(backupName(atMs, reason, of))!;

describe('names', () => {
  it('say when, why and what, and are read back', () => {
    const name = backupName(noon, 'before-password', mark);
    expect(name).toBe('2026-11-22-120000Z-before-password-0123456789abcdef.keyturn-backup');
    expect(readBackupName(name)).toEqual({ name, atMs: noon, reason: 'before-password', mark });
    expect(readBackupName(backupName(noon, 'daily', mark, 4))).toMatchObject({ atMs: noon, reason: 'daily' });
  });
  it.each([
    'vault.keyturn',
    'my own.keyturn-backup',
    `2026-11-22-120000Z-daily-${mark}.keyturn-backup.tmp`,
    `2026-11-22-120000Z-other-${mark}.keyturn-backup`,
    `2026-11-22-120000Z-daily-${mark}-1.keyturn-backup`,
    `2026-99-22-120000Z-daily-${mark}.keyturn-backup`,
    `../2026-11-22-120000Z-daily-${mark}.keyturn-backup`,
  ])('of others are none of ours: %s', (name) => {
    expect(readBackupName(name)).toBeNull();
  });
});

describe('how many are kept', () => {
  const daily = Array.from({ length: 14 }, (_, at) => made(noon - at * day));
  it('ten of a family, the newest', () => {
    const surplus = surplusBackups(daily, noon, daily[0]!.name);
    expect(surplus).toEqual(daily.slice(keptOfEach).map(({ name }) => name));
  });
  it('daily ones never push out a vault that was replaced, nor the copies before changes', () => {
    const old = [
      made(noon - 300 * day, 'before-restore'),
      made(noon - 200 * day, 'before-key'),
      made(noon - 100 * day, 'asked'),
    ];
    const surplus = surplusBackups([...daily, ...old], noon, daily[0]!.name);
    for (const { name } of old) expect(surplus).not.toContain(name);
  });
  it('the one just made stays although a wrong clock dated it last', () => {
    const past = made(noon - 1000 * day);
    expect(surplusBackups([...daily, past], noon, past.name)).not.toContain(past.name);
  });
  it('copies of a damaged vault push no good one out, nor the other way round', () => {
    const damaged = Array.from({ length: 11 }, (_, at) => made(noon - at * 1_000, 'damaged', unknownMark));
    const good = Array.from({ length: 10 }, (_, at) => made(noon - at * day, 'before-password'));
    const surplus = surplusBackups([...good, ...damaged], noon, damaged[0]!.name);
    expect(surplus).toEqual([damaged[10]!.name]);
  });
  it('copies dated into the future by a wrong clock go first', () => {
    const future = Array.from({ length: 10 }, (_, at) => made(noon + (400 + at) * day));
    const surplus = surplusBackups([...daily.slice(0, 10), ...future], noon, daily[0]!.name);
    expect([...surplus].sort()).toEqual(future.map(({ name }) => name).sort());
    expect(sortBackups([...future, daily[0]!], noon)[0]).toEqual(daily[0]);
  });
});

describe('the daily backup', () => {
  it('is due where there is none, or the newest holds something else and is of another day', () => {
    expect(isDailyDue([], mark, noon)).toBe(true);
    expect(isDailyDue([made(noon - day, 'daily', 'f'.repeat(16))], mark, noon)).toBe(true);
  });
  it('is not due while nothing changed, however long ago', () => {
    expect(isDailyDue([made(noon - 90 * day)], mark, noon)).toBe(false);
    expect(isDailyDue([made(noon - 90 * day, 'before-password')], mark, noon)).toBe(false);
  });
  it('is brought up to date at most once an hour, and the newest stands for its day', () => {
    const other = 'f'.repeat(16);
    const hour = 3_600_000;
    expect(isDailyDue([made(noon - hour / 2, 'daily', other)], mark, noon)).toBe(false);
    expect(isDailyDue([made(noon - hour, 'daily', other)], mark, noon)).toBe(true);
    const today = [made(noon), made(noon - 2 * hour, 'daily', other), made(noon - day, 'daily', other)];
    expect(surplusBackups(today, noon, today[0]!.name)).toEqual([today[1]!.name]);
  });
  it('does not take a file that was brought in for a copy of its own', () => {
    expect(isDailyDue([made(noon, 'brought', unknownMark)], unknownMark, noon)).toBe(true);
  });
});

describe('what a backup would change', () => {
  const record = (id: string, name: string, revision = 1, body: object = {}): [string, MetaRecord] => [
    id,
    { id, revision, body: { type: 'key', name, ...body } },
  ];
  it('tells keys that would go, come back or be as they were, and counts the rest', () => {
    const now = new Map([
      record('a', 'same'),
      record('b', 'newer', 3),
      record('c', 'added since'),
      record('d', 'binned since', 2, { removedAtMs: 5 }),
      ['e', { id: 'e', revision: 2, body: { type: 'environment', name: 'x' } }] as [string, MetaRecord],
    ]);
    const then = new Map([
      record('a', 'same'),
      record('b', 'newer', 2),
      record('d', 'binned since', 1, { removedAtMs: null }),
      record('f', 'emptied since'),
      ['e', { id: 'e', revision: 1, body: { type: 'environment', name: 'y' } }] as [string, MetaRecord],
    ]);
    expect(compareBackup(now, then)).toEqual({
      gone: ['added since'],
      back: ['binned since', 'emptied since'],
      changed: ['newer'],
      others: 1,
    });
  });
  it('says nothing of a backup that is the same', () => {
    const same = new Map([record('a', 'same')]);
    expect(compareBackup(same, same)).toEqual({ gone: [], back: [], changed: [], others: 0 });
  });
});

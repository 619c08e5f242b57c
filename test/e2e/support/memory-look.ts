// What the memory tests share: who is who among the processes of the app, what is looked for, and how finds are printed.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { familyOf, searchProcess, type Needle, type Running } from '../../support/process-memory.ts';
import { readKeysByThePage } from '../../support/vault/independent-reader.ts';
import { folderOf, type Seat } from './person.ts';

/** Enough to be told from chance, without the ends that a mask may show. */
export const middle = (text: string): Uint8Array => Buffer.from(text.slice(6, -4), 'utf8');

/** The vault's keys, read from a copy of the file by the format's page. */
export const keyNeedles = (home: Seat['home']): readonly Needle[] => {
  const copy = join(home.folder, 'copy.keyturn');
  copyFileSync(join(folderOf(home), 'vault.keyturn'), copy);
  const keys = readKeysByThePage(copy, home.password);
  return [
    { name: 'the vault key', bytes: keys.vaultKey },
    { name: 'the subkey of secrets', bytes: keys.secretKey },
  ];
};

export const roleOf = (seat: Seat, { pid, command }: Running): string => {
  const words = command.join(' ');
  if (pid === seat.app.pid) return 'shell';
  if (/(^|\/)agent\.js|keyturn-agent/.test(words)) return 'agent';
  return /--type=([\w-]+)/.exec(words)?.[1] ?? 'browser';
};

export type Count = {
  readonly role: string;
  readonly needle: string;
  readonly form: string;
  readonly count: number;
};

/** Copies in every process of the app by now; printed, since the numbers are what the promise is about. */
export const copiesIn = (seat: Seat, needles: readonly Needle[], when: string): readonly Count[] => {
  const found = familyOf(seat.app.pid).flatMap((each) =>
    searchProcess(each.pid, needles).map((one) => ({ role: roleOf(seat, each), ...one })),
  );
  const words = found.map(
    ({ role, needle, form, count }) => `${role}: ${needle} as ${form} ×${String(count)}`,
  );
  process.stdout.write(`    memory, ${when}: ${words.join(', ') || 'no copy in any process'}\n`);
  return found;
};

export const names = (found: readonly Count[], isMeant: (count: Count) => boolean): readonly string[] =>
  found.filter(isMeant).map(({ role, needle, form }) => `${role}: ${needle} as ${form}`);

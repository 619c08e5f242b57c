// Copies of the vault: backup, the list of automatic ones, a look into one, and its return to where no vault is.
import { resolve } from 'node:path';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import type { Answer, Command, Context } from '../command.ts';
import { readPasswordFile } from '../session.ts';
import { columns } from '../table.ts';
import { isoTime } from '../iso-time.ts';

export const backup: Command = {
  summary: 'one encrypted file, read back to prove it',
  usage: 'keyturn backup FILE',
  options: {},
  positionals: [1, 1],
  run: async (context) => {
    const door = await context.unlocked();
    if (!door.ok) return door;
    const path = resolve(context.words.positionals[0] ?? '');
    const made = await door.value.send('backup.writePath', { path });
    if (!made.ok) return made;
    const { file, keys, bytes } = made.value;
    return ok({
      json: { file, keys, bytes },
      text: `Backed up ${String(keys)} keys to ${file} (${String(bytes)} bytes), read back and verified.`,
    });
  },
};

export const backups: Command = {
  summary: 'the automatic backups: when, why and how large; --now makes one',
  usage: 'keyturn backups [--now]',
  options: { now: 'flag' },
  positionals: [0, 0],
  run: async (context) => {
    const isWanted = context.words.flags.has('now');
    const door = isWanted ? await context.unlocked() : await context.any();
    if (!door.ok) return door;
    const made = isWanted ? await door.value.send('backup.now', {}) : null;
    if (made?.ok === false) return made;
    const found = await door.value.send('backup.list', {});
    if (!found.ok) return found;
    const { folder, problem } = found.value;
    const list = found.value.backups.map((one) => ({
      file: resolve(folder, one.name),
      at: isoTime(one.atMs) ?? '',
      reason: one.reason,
      bytes: one.bytes,
    }));
    const rows = list.map(({ at, reason, bytes, file }) => [at, reason, String(bytes), file]);
    const text = [
      list.length === 0
        ? `There are none yet in ${folder}.`
        : columns(['WHEN', 'WHY', 'BYTES', 'FILE'], rows),
      ...(problem === null ? [] : [`The last one was not made: ${problem.message} ${problem.next}`]),
    ].join('\n');
    return ok({ json: { folder, problem, backups: list }, text, code: problem === null ? 0 : 1 });
  },
};

type Preview = CallOutput<'restore.previewPath'>;

const changeLines = ({ changes }: Preview): readonly string[] => {
  if (changes === null) return ['There is no open vault to compare it with.'];
  const { gone, back, changed, others } = changes;
  const parts = [
    ['would be gone', gone],
    ['would come back', back],
    ['would be as they were then', changed],
  ] as const;
  const lines = parts.flatMap(([words, { count, names }]) =>
    count === 0
      ? []
      : [`${String(count)} ${words}: ${names.join(', ')}${count > names.length ? ', and others' : ''}`],
  );
  if (others > 0)
    lines.push(`${String(others)} other records differ: projects, environments, plain variables`);
  return lines.length === 0 ? ['Nothing: it holds what the vault holds now.'] : lines;
};

const previewAnswer = (preview: Preview): Answer => ({
  json: {
    file: preview.file,
    keys: preview.keys,
    lastChangeAt: isoTime(preview.lastChangeMs),
    changes: preview.changes,
  },
  text: [
    `${preview.file} is whole: ${String(preview.keys)} keys, last used ${isoTime(preview.lastChangeMs) ?? 'at an unknown time'}.`,
    'In the place of the present vault it would change:',
    ...changeLines(preview).map((line) => `  ${line}`),
    'Nothing was changed.',
  ].join('\n'),
});

/** Compared with the open vault where there is one; a copy of another time or vault opens with its own password. */
const look = async (context: Context, path: string): Promise<Result<Answer>> => {
  const any = await context.any();
  const state = any.ok ? await any.value.send('state.read', {}) : any;
  if (!any.ok || !state.ok) return any.ok ? (state as Result<never>) : any;
  const isThere = state.value.vault === 'locked' || state.value.vault === 'unlocked';
  const open = isThere ? await context.unlocked() : null;
  if (open?.ok === true) {
    const seen = await open.value.send('restore.previewPath', { path });
    if (seen.ok || seen.error.kind !== 'wrong-password')
      return seen.ok ? ok(previewAnswer(seen.value)) : seen;
  }
  const door = open?.ok === true ? open.value : any.value;
  const password = await context.password('Master password of the backup');
  if (!password.ok) return password;
  const seen = await door.send('restore.previewPath', { path, password: password.value });
  password.value.fill(0);
  return seen.ok ? ok(previewAnswer(seen.value)) : seen;
};

const bringBack = async (context: Context, path: string): Promise<Result<Answer>> => {
  const door = await context.any();
  if (!door.ok) return door;
  const codeFile = context.words.values.get('recovery-file');
  const secret =
    codeFile === undefined
      ? await context.password('Master password of the backup')
      : readPasswordFile(codeFile);
  if (!secret.ok) return secret;
  const to = context.words.values.get('to');
  const restored = await door.value.send('restore.readPath', {
    path,
    password: secret.value,
    ...(codeFile === undefined ? {} : { with: 'recovery-code' as const }),
    ...(to === undefined ? {} : { to: resolve(to) }),
  });
  secret.value.fill(0);
  if (!restored.ok) return restored;
  const { file, keys, bytes } = restored.value;
  return ok({ json: { file, keys, bytes }, text: `Restored ${String(keys)} keys into ${file}.` });
};

export const restore: Command = {
  summary: 'bring a backup back where there is no vault; never overwrites; --preview only looks',
  usage: 'keyturn restore FILE [--preview] [--to VAULT_FILE] [--recovery-file FILE]',
  options: { to: 'value', preview: 'flag', 'recovery-file': 'value' },
  positionals: [1, 1],
  run: (context) => {
    const path = resolve(context.words.positionals[0] ?? '');
    return context.words.flags.has('preview') ? look(context, path) : bringBack(context, path);
  },
};

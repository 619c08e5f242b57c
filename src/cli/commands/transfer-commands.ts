// Commands that move whole sets: import, export, audit.
import { resolve } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import type { Command, Context } from '../command.ts';
import { environmentWords, findEnvironments, findProject } from '../find.ts';
import { columns } from '../table.ts';
import { isoTime } from '../iso-time.ts';
import { agreed } from './secret-commands.ts';

type Format = CallInput<'export.render'>['format'];
const formats = ['dotenv', 'json', 'yaml', 'shell', 'fish', 'powershell', 'docker', 'k8s'] as const;

const fromFileName: readonly (readonly [RegExp, string])[] = [
  [/\bprod/i, 'production'],
  [/\bstag/i, 'staging'],
  [/\btest\b/i, 'test'],
  [/\bci\b/i, 'ci'],
];

const oneEnvironment = (context: Context, fallback: string | null): Result<string> => {
  const [word, more] = environmentWords(context);
  if (more !== undefined)
    return fail('bad-input', 'Only one environment can be named here.', 'Run the command once for each.');
  const chosen = word ?? fallback;
  return chosen === null
    ? fail('bad-input', 'No environment was named.', 'Add --env production, for example.', { field: '--env' })
    : ok(chosen);
};

type Preview = CallOutput<'import.previewPath'>;

const previewTable = (preview: Preview): string => {
  const rows = preview.rows.map((row) => [
    String(row.line),
    row.names.join(' + '),
    row.as,
    row.provider?.name ?? '',
    row.as === 'key' ? row.kind : '',
    row.masked,
    row.reason,
  ]);
  const unread = preview.unread.map((item) => `line ${String(item.line)}: ${item.reason}`);
  return [columns(['LINE', 'NAME', 'AS', 'PROVIDER', 'KIND', 'VALUE', 'WHY'], rows), ...unread].join('\n');
};

export const importCommand: Command = {
  summary: 'take keys and plain variables from a .env file, after a preview',
  usage: 'keyturn import FILE [--env ENV] [--yes]',
  options: { format: 'value', env: 'list' },
  positionals: [1, 1],
  run: async (context) => {
    const file = context.words.positionals[0] ?? '';
    const format = context.words.values.get('format');
    if (format !== undefined && format !== 'env' && format !== 'dotenv') {
      return fail(
        'bad-input',
        `The format "${format}" is not read yet.`,
        'Keyturn reads .env files today: leave --format out.',
        { field: '--format' },
      );
    }
    const guess = fromFileName.find(([pattern]) => pattern.test(file))?.[1] ?? 'development';
    const word = oneEnvironment(context, guess);
    if (!word.ok) return word;
    const door = await context.unlocked();
    if (!door.ok) return door;
    const { send } = door.value;
    const project = await findProject(context, send, true);
    if (!project.ok) return project;
    const environments = await findEnvironments(project.value, [word.value], send, true);
    if (!environments.ok) return environments;
    const target = { projectId: project.value.id, environmentId: environments.value.ids[0] ?? '' };
    const preview = await send('import.previewPath', { path: resolve(file), ...target });
    if (!preview.ok) return preview;
    if (!context.json) context.terminal.note(previewTable(preview.value));
    const question = `Import this into ${project.value.name}, ${word.value}?`;
    const may = await agreed(context, question, 'Nothing was imported: the preview above wants a yes.');
    if (!may.ok) {
      await send('import.discard', { previewId: preview.value.previewId });
      return may;
    }
    const applied = await send('import.apply', {
      previewId: preview.value.previewId,
      ...target,
      choices: [],
    });
    if (!applied.ok) return applied;
    const { imported, keys, variables, skipped, warnings } = applied.value;
    if (!context.json)
      for (const warning of warnings) context.terminal.note(`⚠ ${warning.message} ${warning.next}`);
    return ok({
      json: {
        imported,
        keys,
        variables,
        skipped,
        warnings: warnings.map(({ code, message }) => ({ code, message })),
      },
      text: `Imported ${String(keys)} keys and ${String(variables)} plain variables into ${project.value.name}, ${word.value}; ${String(skipped.length)} skipped.`,
    });
  },
};

const exportFormat = (context: Context): Result<Format> => {
  const word = context.words.values.get('format') ?? 'dotenv';
  const found = formats.find((format) => format === word);
  return found === undefined
    ? fail('bad-input', `There is no format "${word}".`, `Choose one of: ${formats.join(', ')}.`, {
        field: '--format',
      })
    : ok(found);
};

const wishesOf = ({ words }: Context): { update?: boolean; track?: boolean } => ({
  ...(words.flags.has('update') ? { update: true } : {}),
  ...(words.flags.has('no-track') ? { track: false } : {}),
});

export const exportCommand: Command = {
  summary: 'write the variables of an environment',
  usage:
    'keyturn export --env ENV [--format dotenv|json|yaml|shell|fish|powershell|docker|k8s] [--out FILE] [--update] [--no-track] [--allow-git] [--yes]',
  options: {
    env: 'list',
    format: 'value',
    out: 'value',
    'allow-git': 'flag',
    update: 'flag',
    'no-track': 'flag',
  },
  positionals: [0, 0],
  run: async (context) => {
    const [format, word] = [exportFormat(context), oneEnvironment(context, null)];
    if (!format.ok) return format;
    if (!word.ok) return word;
    const out = context.words.values.get('out');
    if (context.json && out === undefined) {
      return fail(
        'bad-input',
        '--json prints no secret.',
        'Use --format json for the variables as JSON, or --out FILE.',
      );
    }
    const door = await context.unlocked();
    if (!door.ok) return door;
    const { send } = door.value;
    const project = await findProject(context, send, false);
    if (!project.ok) return project;
    const environments = await findEnvironments(project.value, [word.value], send, false);
    if (!environments.ok) return environments;
    const environmentId = environments.value.ids[0] ?? '';
    if (out === undefined) {
      const rendered = await send('export.render', { environmentId, format: format.value });
      return rendered.ok ? ok({ json: null, text: rendered.value.bytes }) : rendered;
    }
    const input = {
      ...wishesOf(context),
      environmentId,
      format: format.value,
      path: resolve(out),
      allowGit: context.words.flags.has('allow-git'),
    };
    const first = await send('export.writePath', { ...input, overwrite: false });
    const written =
      !first.ok && first.error.kind === 'already-exists' ? await overwrite(context, send, input) : first;
    if (!written.ok) return written;
    const { file, variables, changed, added, leftBehind = [] } = written.value;
    const old =
      leftBehind.length === 0
        ? ''
        : ` An earlier line of ${leftBehind.join(', ')} still holds its old value.`;
    return ok({
      json: written.value,
      text:
        changed === undefined
          ? `Wrote ${String(variables)} variables to ${file}, readable by you alone.`
          : `${file}: ${String(changed.length)} changed, ${String(added?.length ?? 0)} added, every other byte as it was.${old}`,
    });
  },
};

const overwrite = async (
  context: Context,
  send: Parameters<typeof findProject>[1],
  input: Omit<CallInput<'export.writePath'>, 'overwrite'>,
): Promise<Result<CallOutput<'export.writePath'>>> => {
  const may = await agreed(
    context,
    `${input.path} exists. Replace it?`,
    `${input.path} exists and was left untouched.`,
  );
  return may.ok ? send('export.writePath', { ...input, overwrite: true }) : may;
};

const auditPage = 1_000;

export const audit: Command = {
  summary: 'who used what, when; --verify proves the trail whole',
  usage: 'keyturn audit [--verify]',
  options: { verify: 'flag' },
  positionals: [0, 0],
  run: async (context) => {
    const door = await context.unlocked();
    if (!door.ok) return door;
    const { send } = door.value;
    if (context.words.flags.has('verify')) {
      const verified = await send('audit.verify', {});
      if (!verified.ok) return verified;
      const { ok: whole, entries, firstBroken } = verified.value;
      return ok({
        json: whole ? { ok: whole, entries } : { ok: whole, entries, firstBroken },
        text: whole
          ? `The trail of ${String(entries)} entries is whole.`
          : `The trail is broken at entry ${String(firstBroken)}: it was changed outside Keyturn. Compare with a backup.`,
        code: whole ? 0 : 4,
      });
    }
    const entries: CallOutput<'audit.list'> = [];
    for (let before: number | undefined; ;) {
      // Pages follow one another: each starts where the last ended.
      const page = await send(
        'audit.list',
        before === undefined ? { limit: auditPage } : { limit: auditPage, before },
      );
      if (!page.ok) return page;
      entries.push(...page.value);
      before = page.value.at(-1)?.seq;
      if (page.value.length < auditPage) break;
    }
    const rows = entries.map((entry) => [
      isoTime(entry.atMs) ?? '',
      entry.event,
      entry.keyName ?? '',
      entry.by,
      entry.detail,
    ]);
    return ok({
      json: entries.map(({ atMs, event, keyId, keyName, by, detail }) => ({
        at: isoTime(atMs),
        event,
        keyId,
        name: keyName,
        by,
        detail,
      })),
      text: columns(['WHEN', 'WHAT', 'KEY', 'BY', ''], rows),
    });
  },
};

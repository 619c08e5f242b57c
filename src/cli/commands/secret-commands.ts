// Commands that ask first because they show or end something: reveal, remove.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { Command, Context } from '../command.ts';
import { openNamedKey } from '../find.ts';

/** `--yes`, or a person's yes; without either nothing happens (exit code 6). */
export const agreed = async (
  context: Context,
  question: string,
  without: string,
): Promise<Result<undefined>> => {
  if (context.yes) return ok(undefined);
  if (!context.terminal.interactive) {
    return fail('needs-confirmation', without, 'Add --yes if you mean it.');
  }
  if (await context.terminal.confirm(question)) return ok(undefined);
  return fail('cancelled', 'Nothing was done.', 'Run the command again and answer y.');
};

/** As agreed, for what there is no way back from: a person types the name. */
export const agreedByName = async (
  context: Context,
  question: string,
  name: string,
  without: string,
): Promise<Result<undefined>> => {
  if (context.yes || !context.terminal.interactive) return agreed(context, question, without);
  if ((await context.terminal.line(`${question} Type ${name} to confirm:`)) === name) return ok(undefined);
  return fail('cancelled', `That is not the name. ${without}`, `Run the command again and type ${name}.`);
};

export const reveal: Command = {
  summary: 'print the secret and nothing else',
  usage: 'keyturn reveal NAME [--field F] [--env ENV] [--yes]',
  options: { field: 'value', env: 'list' },
  positionals: [1, 1],
  noJson: true,
  run: async (context) => {
    const named = await openNamedKey(context);
    if (!named.ok) return named;
    const { send, key } = named.value;
    const detail = await send('keys.read', { id: key.id });
    if (!detail.ok) return detail;
    const wanted = context.words.values.get('field');
    const secrets = detail.value.fields.filter((field) => field.secret);
    const field =
      wanted === undefined
        ? (secrets.find((item) => item.name === 'secret') ?? secrets[0])
        : detail.value.fields.find((item) => item.name === wanted);
    if (field === undefined) {
      const known = detail.value.fields.map((item) => item.name).join(', ');
      return fail('not-found', `${key.name} has no field "${wanted ?? 'secret'}".`, `Fields: ${known}.`);
    }
    const money = key.movesMoney && key.kind !== 'test' ? `${key.name} moves money. ` : '';
    const may = await agreed(
      context,
      `${money}Print ${field.name} of ${key.name} in the clear?`,
      'A secret would be printed in the clear. Nothing was printed.',
    );
    if (!may.ok) return may;
    const revealed = await send('keys.reveal', { id: key.id, field: field.name });
    return revealed.ok ? ok({ json: null, text: revealed.value.value }) : revealed;
  },
};

export const remove: Command = {
  summary: 'remove a key; a tombstone stays until the bin is emptied',
  usage: 'keyturn remove NAME [--env ENV] [--yes]',
  options: { env: 'list' },
  positionals: [1, 1],
  run: async (context) => {
    const named = await openNamedKey(context);
    if (!named.ok) return named;
    const { send, key } = named.value;
    const { id, name } = key;
    const may = await agreed(
      context,
      `Remove ${name}? It stops being exported; you can bring it back from the bin.`,
      `${name} would be removed. Nothing was changed.`,
    );
    if (!may.ok) return may;
    const removed = await send('keys.remove', { id, confirmName: name });
    if (!removed.ok) return removed;
    return ok({
      json: { id },
      text: `Removed ${name}. Bring it back with keyturn restore-key ${id}, or from the bin in the app.`,
    });
  },
};

export const restoreKey: Command = {
  summary: 'bring a removed key back',
  usage: 'keyturn restore-key NAME',
  options: { env: 'list' },
  positionals: [1, 1],
  run: async (context) => {
    const named = await openNamedKey(context, true);
    if (!named.ok) return named;
    const { send, key } = named.value;
    const back = await send('keys.undoRemove', { id: key.id });
    return back.ok ? ok({ json: { id: key.id }, text: `${key.name} is back.` }) : back;
  },
};

// Values on their way in: `--field NAME=VALUE`, standard input, or a hidden prompt. They become bytes at once and are wiped
// when the call has gone.
import { fail } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import type { CallInput } from '../contract/contract.ts';
import type { Context } from './command.ts';

export type Fields = NonNullable<CallInput<'keys.replace'>['fields']>;

const encoder = new TextEncoder();

const fromOptions = (context: Context): Result<Fields> => {
  const fields: Fields = [];
  for (const word of context.words.lists.get('field') ?? []) {
    const at = word.indexOf('=');
    if (at < 1) {
      return fail(
        'bad-input',
        '--field wants NAME=VALUE.',
        'For example --field teamId=…; see keyturn show NAME for the names.',
        { field: '--field' },
      );
    }
    fields.push({ name: word.slice(0, at), value: encoder.encode(word.slice(at + 1)) });
  }
  return ok(fields);
};

/** One trailing line end belongs to the pipe, not to the value. */
const withoutLineEnd = (bytes: Uint8Array): Uint8Array => {
  let end = bytes.length;
  if (end > 0 && bytes[end - 1] === 10) end -= 1;
  if (end > 0 && bytes[end - 1] === 13) end -= 1;
  // A Buffer's own slice would share the memory that is wiped next.
  return new Uint8Array(bytes.subarray(0, end));
};

/** Names under which providers know the value that matters: a password, a token, a connection string. */
const secretName = /secret|password|token|key$|url$/i;

/**
 * The fields given on the command line, with `--value-stdin` as the field `secret`.
 * @param prompt ask for the value on a terminal where none was given
 */
export const givenFields = async (context: Context, prompt: boolean): Promise<Result<Fields>> => {
  const fields = fromOptions(context);
  if (!fields.ok) return fields;
  if (context.words.flags.has('value-stdin')) {
    const bytes = await context.stdin();
    if (!bytes.ok) return bytes;
    const value = withoutLineEnd(bytes.value);
    bytes.value.fill(0);
    if (value.length === 0)
      return fail('bad-input', 'Standard input was empty.', 'Pipe the value in, for example from a file.');
    fields.value.push({ name: 'secret', value });
  } else if (prompt && !fields.value.some(({ name }) => secretName.test(name))) {
    if (!context.terminal.interactive) {
      return fail(
        'bad-input',
        'No value was given.',
        'Pipe it in with --value-stdin, or give --field secret=… .',
      );
    }
    const typed = await context.terminal.hidden('Value (not shown)');
    if (typed === null || typed.length === 0)
      return fail('cancelled', 'No value was typed. Nothing was stored.', 'Run the command again.');
    fields.value.push({ name: 'secret', value: typed.use((bytes) => bytes.slice()) });
    typed.wipe();
  }
  return fields;
};

/** Overwrites what was handed in once the agent has it. */
export const wipeFields = (fields: Fields): void => {
  for (const field of fields) field.value.fill(0);
};

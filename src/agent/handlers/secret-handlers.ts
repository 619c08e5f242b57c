// The two calls that let a value out: to a person who reveals it, and to the shell for the clipboard. Written into the audit
// trail before the value leaves; where that cannot be written, it does not leave.
import type { RecordId } from '../../core/model/ids.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { noteKey } from '../../core/keys/edit.ts';
import type { SessionContext, SessionHandlers } from '../handler.ts';
import { readValue } from './key-values.ts';
import { noteUse } from './note-use.ts';

type Wanted = { readonly id: RecordId; readonly field: string; readonly version?: RecordId | undefined };

const release = ({ session, by }: SessionContext, event: string, wanted: Wanted): Result<string> => {
  const read = readValue(session, wanted);
  if (!read.ok) return read;
  const { held, version, value } = read.value;
  const what = `${wanted.field}, version ${String(version.number)}`;
  const noted = noteUse(session, by, [noteKey(event, { by }, what, held)], [held.id]);
  return noted.ok ? ok(value) : noted;
};

export const secretHandlers: SessionHandlers<'keys.reveal' | 'keys.lend'> = {
  'keys.reveal': (context, wanted) => {
    const value = release(context, 'key-revealed', wanted);
    return value.ok ? ok({ value: value.value }) : value;
  },
  'keys.lend': (context, wanted) => {
    const value = release(context, 'key-copied', wanted);
    return value.ok ? ok({ value: new TextEncoder().encode(value.value) }) : value;
  },
};

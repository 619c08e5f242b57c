// The new value of a turn by hand: laid over what the key has, and looked at before anything is kept. docs/rotation.md §2.2.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { HeldKey } from '../../core/keys/book.ts';
import { arrangeValues } from '../../core/keys/arrange-values.ts';
import type { GivenValues } from '../../core/keys/fields.ts';
import { isSecretField } from '../../core/keys/fields.ts';
import { recogniseValues } from '../../core/keys/recognise-values.ts';
import { prepare } from '../../core/providers/ask/prepare.ts';
import { usualReach } from '../../core/providers/ask/question.ts';
import type { Values } from '../../core/rotation/desk.ts';
import type { Session } from '../session.ts';

const wrong = (message: string, next: string): Result<never> =>
  fail('bad-input', message, next, { field: 'secret' });

/**
 * All fields of the new key.
 * @param before all fields of the old one
 * @returns `bad-input` where nothing is given, where it is the old value, of another provider's form, or of another kind
 */
export const takePasted = (
  session: Session,
  { body }: HeldKey,
  given: GivenValues,
  before: Values,
): Result<Values> => {
  const book = session.book();
  const provider = body.provider === null ? undefined : book.catalogue().find(body.provider);
  if (Object.keys(given.values).length === 0)
    return wrong('There is no new value.', 'Paste it, or fill in a field.');
  const { values: arranged } = arrangeValues(provider, given, before);
  const values: Values = { ...before, ...arranged };
  const secrets = Object.keys(values).filter((name) => isSecretField(provider, name));
  if (secrets.every((name) => values[name] === before[name]))
    return wrong('That is the old value.', 'Make a new key in the portal, and put its value in here.');
  if (provider === undefined) return ok(values);
  const prepared = prepare({
    definition: provider,
    values,
    kind: body.kind,
    reach: usualReach,
    unattended: false,
  });
  if (!prepared.ok) return wrong(prepared.said.reason, prepared.said.next);
  const { kind } = recogniseValues(provider, values, book.catalogue());
  if (kind !== 'unknown' && body.kind !== 'unknown' && kind !== body.kind)
    return wrong(
      `That is a ${kind} key, and this one is ${body.kind}.`,
      `Make a ${body.kind} key in the portal, and put its value in here.`,
    );
  return ok(values);
};

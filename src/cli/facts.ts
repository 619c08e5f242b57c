// Facts about a key as options of a command: what is not named is not touched.
import { fail } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import { keyClasses, keyKinds, type KeyClass, type KeyKind } from '../core/model/key.ts';
import type { CallInput } from '../contract/contract.ts';
import type { Context } from './command.ts';

export type Facts = NonNullable<CallInput<'keys.edit'>['facts']>;

/** The value of an option that knows only some words. */
export const oneOf = <T extends string>(option: string, value: string, allowed: readonly T[]): Result<T> => {
  const found = allowed.find((item) => item === value);
  return found === undefined
    ? fail('bad-input', `--${option} cannot be "${value}".`, `Choose one of: ${allowed.join(', ')}.`, {
        field: `--${option}`,
      })
    : ok(found);
};

export const factOptions = {
  provider: 'value',
  kind: 'value',
  expires: 'value',
  note: 'value',
  class: 'value',
  owner: 'value',
  organisation: 'value',
  tag: 'list',
} as const;

/** Options whose text is the fact itself. */
const textFacts = {
  provider: 'provider',
  note: 'notes',
  owner: 'owner',
  organisation: 'organisation',
} as const;

/** Facts that options name. */
export const factsFrom = (context: Context): Result<Facts> => {
  const { values, lists } = context.words;
  const facts: { -readonly [K in keyof Facts]: Facts[K] } = {};
  for (const [option, fact] of Object.entries(textFacts)) {
    const text = values.get(option);
    if (text !== undefined) facts[fact] = text;
  }
  const kind = values.get('kind');
  if (kind !== undefined) {
    const parsed = oneOf<KeyKind>('kind', kind, keyKinds);
    if (!parsed.ok) return parsed;
    facts.kind = parsed.value;
  }
  const keyClass = values.get('class');
  if (keyClass !== undefined) {
    const parsed = oneOf<KeyClass>('class', keyClass, keyClasses);
    if (!parsed.ok) return parsed;
    facts.class = parsed.value;
  }
  const expires = values.get('expires');
  if (expires !== undefined) facts.expiresOn = expires === '' || expires === 'never' ? null : expires;
  const tags = lists.get('tag');
  if (tags !== undefined) facts.tags = [...tags];
  return ok(facts);
};

/** Warnings for people go to stderr, beside the answer. */
export const noteWarnings = (
  context: Context,
  warnings: readonly { message: string; next: string }[],
): void => {
  if (context.json) return;
  for (const warning of warnings) context.terminal.note(`⚠ ${warning.message} ${warning.next}`);
};

// The call that makes the new key: values that are chosen here, what is read before it, and what its answer gives.
import { atPath, type Answer } from '../ask/decide.ts';
import { effectiveValues } from '../take-apart.ts';
import { chooseValue, usualChosenLength } from './ask/chosen.ts';
import { dayOfEnd } from './ask/ends.ts';
import { readGifts, withFields } from './ask/gifts.ts';
import { parsed } from './ask/known.ts';
import { asId, partOf, toldId } from './ask/ids.ts';
import { namesIn, replaceNames } from './names.ts';
import { notYetSent, put } from './remote-calls.ts';
import type { Reading } from './remote-read.ts';
import type { Heard, Made, Remote, Values } from './remote-port.ts';
import type { RemoteOptions } from './remote.ts';
import type { Making } from './turn-definition.ts';
import { learntNames } from './way-calls.ts';

const hasChosen = ({ gives }: Making): boolean => Object.values(gives).some((gift) => 'chosen' in gift);

/** Gifts that are names in braces: inputs and what was learnt. Undefined where one is not known. */
const textGifts = (options: RemoteOptions, { gives }: Making, learnt: Values): Values | undefined => {
  const given = options.rotation().inputs;
  const values: Record<string, string> = {};
  for (const [field, gift] of Object.entries(gives)) {
    if (!('text' in gift)) continue;
    const known = (name: string): string => {
      const input = given[name] ?? '';
      if (input !== '') return input;
      const told = parsed(learnt[name] ?? '');
      return typeof told === 'string' || typeof told === 'number' ? String(told) : '';
    };
    if (namesIn(gift.text).some(({ name }) => known(name) === '')) return undefined;
    values[field] = replaceNames(gift.text, ({ name }) => known(name));
  }
  return values;
};

/** All values of a new key whose secret is made here; null where the provider makes it, or the old key is not at hand. */
export const chosenValues = (options: RemoteOptions): Values | null => {
  const { way, definition, randomBytes, rotation } = options;
  const old = options.old();
  if (way.make === undefined || !hasChosen(way.make) || old === null) return null;
  const texts = textGifts(options, way.make, rotation().learnt) ?? {};
  const chosen = Object.entries(way.make.gives).flatMap(([field, gift]) =>
    'chosen' in gift
      ? [[field, chooseValue(randomBytes, way.chosenLength ?? usualChosenLength)] as const]
      : [],
  );
  return withFields(definition, old, { ...texts, ...Object.fromEntries(chosen) });
};

const byPerson: Heard<never> = {
  kind: 'unsent',
  reason: 'This key is made by a person in the portal.',
  next: 'Make it there, then put its value in.',
};

const notAtHand: Heard<never> = {
  kind: 'unsent',
  reason: 'The values that the call needs cannot be read.',
  next: 'Look whether the key is still in the vault, and begin again.',
};

/** The provider said yes, and the value is not in the answer: for whoever asked it is lost. */
const withoutGift: Heard<never> = {
  kind: 'lost',
  reason: 'The provider said yes, and its answer holds no new value that can be used.',
  next: 'Nothing to do: it is found out what came of it.',
};

const remoteIdOf = ({ way, definition }: RemoteOptions, values: Values, answer: Answer): string | null => {
  const from = way.make?.id;
  if (from === undefined) return null;
  const raw =
    'field' in from ? effectiveValues(definition, values)[from.field] : atPath(answer.json, from.json);
  const whole = asId(raw);
  const id = whole === undefined || 'field' in from ? whole : asId(partOf(whole, from.part));
  return id === undefined ? null : toldId(way, id);
};

const readMade = (
  options: RemoteOptions,
  making: Making,
  answer: Answer,
  base: Values,
  learnt: Values,
): Heard<Made> => {
  const { definition } = options;
  const old = effectiveValues(definition, options.old() ?? {});
  const gifts = readGifts(definition, making.gives, answer.json, old);
  const texts = textGifts(options, making, learnt);
  if (gifts === undefined || texts === undefined) return withoutGift;
  const values = withFields(definition, base, { ...texts, ...gifts });
  const expiresOn = making.expiresAt === undefined ? null : dayOfEnd(atPath(answer.json, making.expiresAt));
  return { kind: 'done', value: { values, remoteId: remoteIdOf(options, values, answer), expiresOn } };
};

/** Read once more where that keeps a key from being used that must not be, or where the record does not hold what the call needs. */
const mustRead = ({ way }: RemoteOptions, making: Making, learnt: Values): boolean =>
  (way.reuseKills === true && (making.before ?? []).length > 0) ||
  [...learntNames(way)].some(
    (name) => !Object.hasOwn(learnt, name) && !(way.reads ?? []).some((each) => each.name === name),
  );

export const createMake =
  (options: RemoteOptions, reading: Reading): Remote['make'] =>
  async (mark) => {
    const { make } = options.way;
    if (make === undefined) return byPerson;
    // What was chosen is kept already: the call takes it from the vault.
    const base = hasChosen(make) ? options.new() : options.old();
    if (base === null) return notAtHand;
    const before = mustRead(options, make, reading.learnt())
      ? notYetSent(await reading.before())
      : ({ kind: 'done', value: reading.learnt() } as const);
    if (before.kind !== 'done') return before;
    const heard = await put(options, make.call, { isReading: false, mark, learnt: before.value });
    return heard.kind === 'done' ? readMade(options, make, heard.value, base, before.value) : heard;
  };

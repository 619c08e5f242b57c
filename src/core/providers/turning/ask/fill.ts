// Fills names in braces into texts and bodies. A text that is one name and nothing else takes the value as it is.
import type { JsonObject, JsonValue } from '../../../model/json.ts';
import { bytesOf, writers, type Body, type Entry, type Placed } from '../../ask/build.ts';
import { say, type OrSaid } from '../../ask/question.ts';
import { namesIn, onlyNameIn, replaceNames } from '../names.ts';
import type { BodyValue, HttpCall } from '../turn-definition.ts';
import { know, knowText, type Known } from './known.ts';

/** A text with its names filled in, as it is. */
export const fillText = (known: Known, text: string): OrSaid<string> => {
  const values = new Map<string, string>();
  for (const name of namesIn(text)) {
    const value = knowText(known, name);
    if (!value.ok) return value;
    values.set(name.name, value.value);
  }
  return { ok: true, value: replaceNames(text, ({ name }) => values.get(name) ?? '') };
};

const fillEntries = (
  known: Known,
  entries: readonly (readonly [string, BodyValue])[],
): OrSaid<readonly (readonly [string, JsonValue])[]> => {
  const filled: (readonly [string, JsonValue])[] = [];
  for (const [name, value] of entries) {
    const one = fillBody(known, value);
    if (!one.ok) return one;
    if (one.value !== undefined) filled.push([name, one.value]);
  }
  return { ok: true, value: filled };
};

/** A body with its names filled in; undefined where it is a name with a question mark that nothing is known by. */
export const fillBody = (known: Known, value: BodyValue): OrSaid<JsonValue | undefined> => {
  if (typeof value === 'string') {
    const only = onlyNameIn(value);
    return only === undefined ? fillText(known, value) : know(known, only);
  }
  if (typeof value !== 'object' || value === null) return { ok: true, value };
  if (Array.isArray(value)) {
    const list = fillEntries(
      known,
      (value as readonly BodyValue[]).map((each) => ['', each]),
    );
    return list.ok ? { ok: true, value: list.value.map(([, each]) => each) } : list;
  }
  const entries = fillEntries(known, Object.entries(value as Readonly<Record<string, BodyValue>>));
  return entries.ok ? { ok: true, value: Object.fromEntries(entries.value) } : entries;
};

const asText = (value: JsonValue): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');

const isTexts = (value: JsonValue): value is readonly JsonValue[] =>
  Array.isArray(value) && value.every((each) => typeof each !== 'object');

/** Entries of a form: lists are repeated, objects stand as JSON. */
const flat = (body: JsonValue): readonly Entry[] =>
  typeof body !== 'object' || body === null || Array.isArray(body)
    ? []
    : Object.entries(body).flatMap(([name, value]: readonly [string, JsonValue]) =>
        isTexts(value)
          ? value.map((each) => [name, asText(each)] as const)
          : [[name, asText(value)] as const],
      );

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const writeJson = (filled: JsonValue | undefined, more: readonly Entry[]): OrSaid<Body> => {
  if (more.length > 0 && filled !== undefined && !isObject(filled))
    return say(
      'not-checkable',
      'The key belongs into a body that has no place for it.',
      'Correct the turn file.',
    );
  const whole =
    more.length > 0 && isObject(filled) ? { ...filled, ...Object.fromEntries(more) } : (filled ?? null);
  return {
    ok: true,
    value: { type: 'application/json', bytes: bytesOf(JSON.stringify(whole)) },
  };
};

/** The body of a call, with what the auth scheme places in it. */
export const writeBody = (known: Known, call: HttpCall, placed: Placed): OrSaid<Body> => {
  const more = [...placed.form, ...placed.json];
  if (call.body === undefined && more.length === 0) return { ok: true, value: null };
  const filled: OrSaid<JsonValue | undefined> =
    call.body === undefined ? { ok: true, value: {} } : fillBody(known, call.body.value);
  if (!filled.ok) return filled;
  const type = call.body?.type ?? (placed.json.length > 0 ? 'json' : 'form');
  if (type === 'json') return writeJson(filled.value, more);
  const entries = [...flat(filled.value ?? {}), ...more];
  // A line break could end a part of a multipart body.
  if (type === 'multipart' && entries.some(([, value]) => /[\u0000\r\n]/.test(value)))
    return say(
      'malformed',
      'A value holds a line break. Nothing was sent.',
      'Store the key again without one.',
    );
  return { ok: true, value: { type: writers[type].type, bytes: bytesOf(writers[type].write(entries)) } };
};

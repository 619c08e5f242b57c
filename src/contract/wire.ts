// What goes over the agent's socket: one JSON document per frame, bytes as {"$bytes": base64}. Total and strict: a frame that
// is not exactly one of these messages is refused, and the values inside are checked at the door like any other call's.
import type { AppError, ErrorKind } from '../core/model/app-error.ts';
import type { Result } from '../core/model/result.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { isMeasuredJson, maxAnswerValues, maxDepth } from './measure.ts';

/** A frame is at most this many bytes: a large import's preview fits, a flood does not. */
export const maxFrameBytes = 16 * 1024 * 1024;

export type WireRequest = { readonly id: number; readonly name: string; readonly input: unknown };
export type WireReply = { readonly id: number; readonly result: Result<unknown> };
export type WireEvent = { readonly event: string; readonly payload: unknown };
export type WireMessage = WireRequest | WireReply | WireEvent;

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

const refused = Symbol('refused');

// A table, so that the compiler asks for every kind of the model; a contract takes only types from there.
const errorKinds: Readonly<Record<ErrorKind, true>> = {
  'bad-input': true,
  'not-found': true,
  'already-exists': true,
  ambiguous: true,
  'no-vault': true,
  locked: true,
  'wrong-password': true,
  'too-soon': true,
  damaged: true,
  'not-a-vault': true,
  'newer-format': true,
  conflict: true,
  busy: true,
  io: true,
  refused: true,
  'needs-confirmation': true,
  network: true,
  cancelled: true,
  'unknown-call': true,
  'wrong-sender': true,
  internal: true,
};

const pack = (value: unknown): Json | undefined => {
  if (value instanceof Uint8Array) return { $bytes: encodeBase64(value) };
  if (Array.isArray(value)) return value.map((item) => pack(item) ?? null);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, item]) => {
      if (name.startsWith('$')) throw new Error('a name that begins with $ cannot travel');
      return [name, pack(item)] as const;
    });
    return Object.fromEntries(entries.filter((entry) => entry[1] !== undefined)) as Json;
  }
  if (value === undefined || value === null) return value;
  if (typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return value as Json;
  throw new Error(`a ${typeof value} cannot travel`);
};

const unpackObject = (value: object, depth: number): unknown => {
  const entries = Object.entries(value);
  const bytes: unknown = entries.length === 1 && entries[0]?.[0] === '$bytes' ? entries[0][1] : undefined;
  if (bytes !== undefined) return typeof bytes === 'string' ? (decodeBase64(bytes) ?? refused) : refused;
  const unpacked = entries.map(([name, item]) =>
    name.startsWith('$') || name === '__proto__' ? refused : ([name, unpack(item, depth + 1)] as const),
  );
  if (unpacked.some((entry) => entry === refused || entry[1] === refused)) return refused;
  return Object.fromEntries(unpacked as (readonly [string, unknown])[]);
};

const unpack = (value: unknown, depth: number): unknown => {
  if (depth > maxDepth) return refused;
  if (Array.isArray(value)) {
    const items = value.map((item) => unpack(item, depth + 1));
    return items.includes(refused) ? refused : items;
  }
  return typeof value === 'object' && value !== null ? unpackObject(value, depth) : value;
};

/**
 * Writes a message as the bytes of one frame, without its length.
 * @throws Error for what no message of the contract holds (a function, a name that begins with `$`): a bug
 */
export const encodeMessage = (message: WireMessage): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(pack(message)));

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

const isError = (value: unknown): value is AppError =>
  isObject(value) &&
  typeof value['kind'] === 'string' &&
  Object.hasOwn(errorKinds, value['kind']) &&
  typeof value['message'] === 'string' &&
  typeof value['next'] === 'string';

const hasOnly = (value: Readonly<Record<string, unknown>>, names: readonly string[]): boolean =>
  Object.keys(value).every((name) => names.includes(name));

const readResult = (value: unknown): Result<unknown> | null => {
  if (!isObject(value)) return null;
  if (value['ok'] === true && hasOnly(value, ['ok', 'value'])) return { ok: true, value: value['value'] };
  const error = value['error'];
  return value['ok'] === false && hasOnly(value, ['ok', 'error']) && isError(error)
    ? { ok: false, error }
    : null;
};

const parse = (bytes: Uint8Array): unknown => {
  try {
    return unpack(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), 0);
  } catch {
    return refused;
  }
};

/**
 * Reads one frame.
 * @param bytes the frame without its length
 * @param mostValues how many values it may hold: calls hold fewer than answers
 * @returns the message, or null where it is not one
 */
export const decodeMessage = (bytes: Uint8Array, mostValues = maxAnswerValues): WireMessage | null => {
  if (bytes.length > maxFrameBytes || !isMeasuredJson(bytes, mostValues)) return null;
  const value = parse(bytes);
  if (!isObject(value)) return null;
  const { id, name, event } = value;
  if (typeof event === 'string' && hasOnly(value, ['event', 'payload'])) {
    return { event, payload: value['payload'] };
  }
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0) return null;
  if (typeof name === 'string' && hasOnly(value, ['id', 'name', 'input'])) {
    return { id, name, input: value['input'] };
  }
  const result = hasOnly(value, ['id', 'result']) ? readResult(value['result']) : null;
  return result === null ? null : { id, result };
};

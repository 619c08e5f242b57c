// The shapes that calls share. Strict objects, every string and list bounded: what is not written here does not pass.
import * as v from 'valibot';
import type { ErrorKind } from '../core/model/app-error.ts';
import { isSealed, publicKeyBytes, sealedOverhead } from './passage.ts';

export const limits = {
  nameLength: 200,
  noteLength: 20_000,
  textLength: 500,
  urlLength: 2_000,
  secretBytes: 65_536,
  passwordBytes: 1_024,
  pasteLength: 262_144,
  pathLength: 4_096,
  keys: 100_000,
  list: 200,
} as const;

const controlFree = v.check<string, string>(
  // A name goes into titles and terminals: control characters and bidirectional overrides would lie there.
  (text) => !/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(text),
  'holds control characters',
);

export const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, 'is not an id'));
export const name = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'is empty'),
  v.maxLength(limits.nameLength),
  controlFree,
);
export const line = v.pipe(v.string(), v.maxLength(limits.textLength), controlFree);
export const note = v.pipe(v.string(), v.maxLength(limits.noteLength));
export const url = v.pipe(v.string(), v.maxLength(limits.urlLength), controlFree);
export const path = v.pipe(v.string(), v.minLength(1), v.maxLength(limits.pathLength), v.excludes('\u0000'));
export const day = v.pipe(v.string(), v.isoDate('is not a date like 2026-11-22'));
export const variableName = v.pipe(
  v.string(),
  v.maxLength(limits.nameLength),
  v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not a variable name'),
);
export const fieldName = v.pipe(
  v.string(),
  v.maxLength(60),
  v.regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'is not a field name'),
);
export const providerId = v.pipe(
  v.string(),
  v.maxLength(60),
  v.regex(/^[a-z0-9][a-z0-9-]*$/, 'is not a provider id'),
);
export const timeMs = v.pipe(v.number(), v.integer(), v.minValue(0));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const lines = v.pipe(v.array(line), v.maxLength(limits.list));
export const ids = v.pipe(v.array(id), v.maxLength(limits.list));
export const empty = v.strictObject({});
export const nothing = v.undefined();

/** Bytes of any backing buffer: `instance` would narrow the type to one that Node's buffers do not have. */
export const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array, 'is not bytes');

/** A sealed value is longer than what it holds; the agent opens it and then looks at its length again. */
const isWithin =
  (most: number) =>
  (value: Uint8Array): boolean =>
    value.length <= most + (isSealed(value) ? sealedOverhead : 0);

/** Where an answer's secret is to be sealed for: an end of the passage. */
export const sealTo = v.pipe(
  bytes,
  v.check((value) => value.length === publicKeyBytes, 'is no key'),
);

/** Secret bytes on their way in or out. A password is bytes so that the receiver can wipe it. */
export const secretBytes = v.pipe(bytes, v.check(isWithin(limits.secretBytes), 'is too long'));
/** Text that may hold a secret: as bytes, which can be sealed, or from a caller that has only text. */
export const secretText = v.union([
  v.pipe(v.string(), v.maxLength(limits.pasteLength)),
  v.pipe(bytes, v.check(isWithin(limits.pasteLength), 'is too long')),
]);
export const password = v.pipe(
  bytes,
  v.check((value) => value.length > 0, 'is empty'),
  v.check(isWithin(limits.passwordBytes), 'is too long'),
);

export const keyKind = v.picklist(['live', 'test', 'unknown']);
export const keyClass = v.picklist(['standard', 'restricted', 'read-only', 'unknown']);
export const keyState = v.picklist([
  'valid',
  'blocked',
  'invalid',
  'malformed',
  'not-activated',
  'expired',
  'unreachable',
  'not-checkable',
  'not-checked',
]);
export const environmentKind = v.picklist(['development', 'test', 'staging', 'production', 'ci', 'own']);
export const exportFormat = v.picklist([
  'dotenv',
  'json',
  'yaml',
  'shell',
  'fish',
  'powershell',
  'docker',
  'k8s',
]);

export const warning = v.strictObject({
  code: v.pipe(v.string(), v.maxLength(60)),
  severity: v.picklist(['info', 'warning', 'danger']),
  message: v.string(),
  next: v.string(),
});

const errorKinds = [
  'bad-input',
  'not-found',
  'already-exists',
  'ambiguous',
  'no-vault',
  'locked',
  'wrong-password',
  'too-soon',
  'damaged',
  'not-a-vault',
  'newer-format',
  'conflict',
  'busy',
  'io',
  'refused',
  'needs-confirmation',
  'network',
  'cancelled',
  'unknown-call',
  'wrong-sender',
  'internal',
] as const satisfies readonly ErrorKind[];

export const errorShape = v.strictObject({
  kind: v.picklist(errorKinds),
  message: v.string(),
  next: v.string(),
  where: v.exactOptional(
    v.strictObject({
      file: v.exactOptional(v.string()),
      line: v.exactOptional(v.number()),
      field: v.exactOptional(v.string()),
    }),
  ),
  reportId: v.exactOptional(v.string()),
});

// Whose each slot is, by generation. Those of a session are known while it lasts; those of the lasting tables are sealed in a file beside them,
// so that what was seen while the vault was locked finds its key again.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { Aead, Files, Random } from '../../core/ports.ts';
import type { SlotOwner } from './wanted.ts';

/** `bits`: how much there is to guess in the value, where that was once estimated: a version does not change, and estimating takes long. */
export type Slot = SlotOwner & { readonly bits?: number };
export type Slots = readonly Slot[];

const magic = 'keyturn/leak-slots/1';
const maxBytes = 64 * 1024 * 1024;
const fileMode = 0o600;

type Parts = { readonly files: Files; readonly aead: Aead; readonly random: Random };

const isSlot = (value: unknown): value is Slot =>
  typeof value === 'object' &&
  value !== null &&
  'keyId' in value &&
  'versionId' in value &&
  'field' in value &&
  [value.keyId, value.versionId, value.field].every((part) => typeof part === 'string') &&
  (!('bits' in value) || (typeof value.bits === 'number' && value.bits >= 0));

type Generations = Readonly<Record<string, Slots>>;

const isGenerations = (value: unknown): value is Generations =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((slots) => Array.isArray(slots) && slots.every(isSlot));

const associated = new TextEncoder().encode(magic);

/** How many generations of lasting tables are remembered: a scanner may still use those that were written before the last ones. */
const kept = 4;

/** Reads what is known; nothing where there is none, or it is not ours: it is made anew. @param key 32 bytes, borrowed */
export const readSlots = ({ files, aead }: Parts, path: string, key: Uint8Array): Generations => {
  const read = files.read(path, maxBytes);
  if (!read.ok || read.value.length < aead.nonceBytes) return {};
  const nonce = read.value.subarray(0, aead.nonceBytes);
  const plain = aead.open(read.value.subarray(aead.nonceBytes), associated, nonce, key);
  if (plain === null) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(plain));
    return isGenerations(value) ? value : {};
  } catch {
    return {};
  }
};

/** Under which name stand those that a generation leaves out. */
export const leftOf = (generation: string): string => `${generation} without`;

/** Adds a generation, and who was left out of it, and forgets the oldest ones. */
export const writeSlots = (
  parts: Parts,
  path: string,
  key: Uint8Array,
  generation: string,
  slots: Slots,
  left: Slots,
): Result<undefined> => {
  const before = Object.entries(readSlots(parts, path, key)).filter(([name]) => !name.startsWith(generation));
  const next = Object.fromEntries([
    ...before.slice(-2 * (kept - 1)),
    [generation, slots],
    [leftOf(generation), left],
  ]);
  const nonce = parts.random.bytes(parts.aead.nonceBytes);
  const sealed = parts.aead.seal(new TextEncoder().encode(JSON.stringify(next)), associated, nonce, key);
  const bytes = new Uint8Array(nonce.length + sealed.length);
  bytes.set(nonce);
  bytes.set(sealed, nonce.length);
  const written = parts.files.writeAtomic(path, bytes, fileMode);
  return written.ok
    ? ok(undefined)
    : fail(
        'io',
        'What watches while the vault is locked could not be written.',
        'Look at the folder of the vault.',
      );
};

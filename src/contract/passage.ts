// The sealed passage: secret bytes cross the processes between the window and the agent under a key that only the two ends know,
// so that no buffer of a process in between ever holds them. A buffer that was given back is not wiped by anybody, and the shell
// outlives a lock. It protects what memory leaves behind, not against the shell itself, which hands the keys over.
//
// sealed = magic (8) ‖ sender's public key (65) ‖ bytes xor stream ‖ tag (16)
// key    = SHA-256("keyturn/passage" ‖ ECDH(P-256) ‖ sender's public key ‖ receiver's public key), new for every message
// stream = SHA-256(key ‖ 01 ‖ u32 block) for block 0, 1, …      tag = first 16 bytes of SHA-256(key ‖ 02 ‖ length ‖ xored bytes)
// Hashes and not a cipher: a cipher of the platform would take a copy of the very bytes that must not be copied.

type Bytes = Uint8Array<ArrayBuffer>;

/** As much of WebCrypto as is used. Every host of Keyturn has it as `crypto.subtle`. */
export type Subtle = {
  digest(algorithm: 'SHA-256', data: Bytes): Promise<ArrayBuffer>;
  generateKey(algorithm: object, extractable: boolean, usages: never): Promise<unknown>;
  exportKey(format: 'raw', key: never): Promise<unknown>;
  importKey(
    format: 'raw',
    data: Bytes,
    algorithm: never,
    extractable: boolean,
    usages: never,
  ): Promise<unknown>;
  deriveBits(algorithm: never, key: never, length: number): Promise<ArrayBuffer>;
};

const magic = Uint8Array.of(0, 0x4b, 0x54, 0x53, 0x45, 0x41, 0x4c, 1);
export const publicKeyBytes = 65;
const tagBytes = 16;
const blockBytes = 32;
const headBytes = magic.length + publicKeyBytes;
/** How much longer a sealed value is than the value. */
export const sealedOverhead = headBytes + tagBytes;

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;
const domain = new TextEncoder().encode('keyturn/passage');

const join = (...parts: readonly Uint8Array[]): Bytes => {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
};

const u32 = (value: number): Bytes => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
};

// V8 moves small arrays about in its heap and wipes no place they were in; one over a buffer of its own stays where it is.
const copyInPlace = (bytes: Uint8Array): Bytes => {
  const copy = new Uint8Array(new ArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
};

/** Whether bytes are a sealed value: nothing else may begin like one. */
export const isSealed = (bytes: Uint8Array): boolean =>
  bytes.length >= sealedOverhead && magic.every((byte, at) => bytes[at] === byte);

/** One end of the passage. */
export type PassageEnd = {
  readonly publicKey: Bytes;
  /** The bytes, which the caller wipes; null where they were sealed for somebody else or changed on the way. */
  readonly open: (sealed: Uint8Array) => Promise<Bytes | null>;
};

type Pair = { readonly privateKey: never; readonly publicKey: never };

const hash = async (subtle: Subtle, ...parts: readonly Uint8Array[]): Promise<Bytes> => {
  const input = join(...parts);
  const digest = new Uint8Array(await subtle.digest('SHA-256', input));
  input.fill(0);
  return digest;
};

const newPair = async (subtle: Subtle): Promise<{ readonly pair: Pair; readonly publicKey: Bytes }> => {
  const pair = (await subtle.generateKey(curve, false, ['deriveBits'] as never)) as Pair;
  const publicKey = new Uint8Array((await subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer);
  return { pair, publicKey };
};

const agree = async (
  subtle: Subtle,
  pair: Pair,
  other: Uint8Array,
  order: readonly Uint8Array[],
): Promise<Bytes> => {
  const theirs = await subtle.importKey('raw', new Uint8Array(other), curve as never, false, [] as never);
  const shared = await subtle.deriveBits({ name: 'ECDH', public: theirs } as never, pair.privateKey, 256);
  const secret = new Uint8Array(shared);
  const key = await hash(subtle, domain, secret, ...order);
  secret.fill(0);
  return key;
};

/** Lays the stream over bytes, in place: once to close, once more to open. */
const lay = async (subtle: Subtle, key: Bytes, bytes: Uint8Array): Promise<void> => {
  for (let at = 0, block = 0; at < bytes.length; at += blockBytes, block += 1) {
    const stream = await hash(subtle, key, Uint8Array.of(1), u32(block));
    const end = Math.min(blockBytes, bytes.length - at);
    for (let index = 0; index < end; index += 1)
      bytes[at + index] = (bytes[at + index] ?? 0) ^ (stream[index] ?? 0);
    stream.fill(0);
  }
};

const tagOf = async (subtle: Subtle, key: Bytes, laid: Uint8Array): Promise<Bytes> =>
  (await hash(subtle, key, Uint8Array.of(2), u32(laid.length), laid)).slice(0, tagBytes);

/** Makes a key pair for receiving. It is worth nothing once the process has ended. */
export const openPassage = async (subtle: Subtle): Promise<PassageEnd> => {
  const { pair, publicKey } = await newPair(subtle);
  const open = async (sealed: Uint8Array): Promise<Bytes | null> => {
    const sender = sealed.subarray(magic.length, headBytes);
    const key = await agree(subtle, pair, sender, [sender, publicKey]);
    const laid = copyInPlace(sealed.subarray(headBytes, sealed.length - tagBytes));
    const tag = await tagOf(subtle, key, laid);
    const difference = tag.reduce(
      (sum, byte, at) => sum | (byte ^ (sealed[sealed.length - tagBytes + at] ?? 0)),
      0,
    );
    if (difference === 0) await lay(subtle, key, laid);
    key.fill(0);
    return difference === 0 ? laid : null;
  };
  return {
    publicKey,
    // A key that is no point of the curve makes the platform throw.
    open: (sealed) => (isSealed(sealed) ? open(sealed).catch(() => null) : Promise.resolve(null)),
  };
};

/**
 * Seals bytes for one receiver. The bytes are borrowed.
 * @param to the receiver's public key
 */
export const sealFor = async (subtle: Subtle, to: Uint8Array, bytes: Uint8Array): Promise<Bytes> => {
  const { pair, publicKey } = await newPair(subtle);
  const key = await agree(subtle, pair, to, [publicKey, to]);
  const laid = copyInPlace(bytes);
  await lay(subtle, key, laid);
  const sealed = join(magic, publicKey, laid, await tagOf(subtle, key, laid));
  key.fill(0);
  return sealed;
};

const maxDepth = 6;

/** Only plain objects and lists of the contract hold bytes; anything else is the schema's to refuse. */
const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype);

/** Whether there is a byte array anywhere in a value of the contract. */
export const holdsBytes = (value: unknown, depth = 0): boolean =>
  value instanceof Uint8Array ||
  (depth < maxDepth && isBranch(value) && Object.values(value).some((part) => holdsBytes(part, depth + 1)));

const withParts = (
  value: Readonly<Record<string, unknown>>,
  changed: readonly (readonly [string, unknown])[],
): unknown =>
  Object.assign(
    Array.isArray(value) ? Array.from(value as readonly unknown[]) : { ...value },
    Object.fromEntries(changed),
  );

/** The same value with byte arrays of its own, made at once: whoever gave it may wipe the others. */
export const takeBytes = (value: unknown, depth = 0): unknown => {
  if (value instanceof Uint8Array) return copyInPlace(value);
  if (depth >= maxDepth || !isBranch(value)) return value;
  return withParts(
    value,
    Object.entries(value).map(([name, part]) => [name, takeBytes(part, depth + 1)] as const),
  );
};

/**
 * The same value with every byte array changed: sealed on its way out, opened on its way in. Null where one of them could not be.
 * @param change gives the new bytes; it wipes nothing
 */
export const changeBytes = async (
  value: unknown,
  change: (bytes: Uint8Array) => Promise<Uint8Array | null>,
  depth = 0,
): Promise<{ readonly value: unknown } | null> => {
  if (value instanceof Uint8Array) {
    const bytes = await change(value);
    return bytes === null ? null : { value: bytes };
  }
  if (!isBranch(value) || !holdsBytes(value, depth)) return { value };
  const parts: (readonly [string, unknown])[] = [];
  for (const [name, part] of Object.entries(value)) {
    if (!holdsBytes(part, depth + 1)) continue;
    const changed = await changeBytes(part, change, depth + 1);
    if (changed === null) return null;
    parts.push([name, changed.value]);
  }
  return { value: withParts(value, parts) };
};

/** The member of an answer that is a secret, for the calls whose answer may come sealed. */
export const sealableAnswers = {
  'keys.reveal': 'value',
  'keys.lend': 'value',
  'vault.create': 'recoveryCode',
  'vault.recover': 'recoveryCode',
  'recovery.renew': 'recoveryCode',
  'vault.replaceKey': 'recoveryCode',
} as const;

export type SealableCall = keyof typeof sealableAnswers;

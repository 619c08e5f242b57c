// What a vault keeps sealed, on bytes that nobody meant for it: the header under its code, an envelope, a leaf of the list, the columns of
// the snapshot. Whatever opens must be exactly what was sealed. For parsers.test.ts.
import { expect } from 'vitest';
import type { JsonObject } from '../../src/core/model/json.ts';
import { canonicalJson } from '../../src/core/vault/canonical-json.ts';
import { makeEnvelope, sealedTables } from '../../src/core/vault/envelope.ts';
import { encodeHeader, headerMac, isHeaderRight } from '../../src/core/vault/header.ts';
import type { Keyring } from '../../src/core/vault/keyring.ts';
import { entryAt, entryBytes, entryCount, isLeafSound, withEntry } from '../../src/core/vault/leaves.ts';
import { packBodies } from '../../src/core/vault/pack-bodies.ts';
import { unpackBodies } from '../../src/core/vault/unpack-bodies.ts';
import { sodiumAead } from '../../src/node/sodium.ts';

export type Parser = {
  readonly seeds: readonly Uint8Array[];
  readonly parse: (bytes: Uint8Array) => void;
};

const aead = await sodiumAead();
const [vaultId, id] = [new Uint8Array(16).fill(7), new Uint8Array(16).fill(1)] as const;
const subkey = new Uint8Array(32).fill(3);
const keyring: Keyring = { subkey: () => subkey, wipe: () => undefined };
const nonces = { bytes: (count: number) => new Uint8Array(count).fill(9) };
const envelope = makeEnvelope(aead, nonces, keyring, vaultId);
const same = (left: Uint8Array, right: Uint8Array): boolean => Buffer.from(left).equals(right);

const contents = [new Uint8Array(0), new Uint8Array(60).fill(65), new Uint8Array(700).fill(66)];
const sealed = contents.map((content) => envelope.seal('secret', id, 5, content));

const header = encodeHeader(vaultId);
const rightHeader = Buffer.concat([header, headerMac(aead, keyring, header, [])]);

const entryOf = (at: number) => ({
  id: new Uint8Array(16).fill(at),
  revision: at,
  tag: new Uint8Array(16).fill(at + 100),
});
/** Both ids begin with a byte of bucket 1. */
const bucket = 1;
const leaf = [1, 2].reduce<Uint8Array>(
  (list, at) =>
    withEntry(list, { ...entryOf(at), id: Uint8Array.from([bucket, ...entryOf(at).id.slice(1)]) }),
  new Uint8Array(0),
);

const bodies: readonly JsonObject[] = [1, 2, 3].map((at) => ({
  type: 'key',
  name: `n${at}`,
  tags: at === 2 ? [] : ['a', at],
  ...(at === 3 ? { owner: null } : {}),
}));
const bodyCount = bodies.length;
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** What the reader of the snapshot takes as "not there": the rows themselves are. */
const unpackOrNull = (text: string): readonly JsonObject[] | null => {
  try {
    return unpackBodies(JSON.parse(text), bodyCount);
  } catch (problem) {
    if (problem instanceof SyntaxError || problem instanceof TypeError || problem instanceof RangeError)
      return null;
    throw problem;
  }
};

/** By the name of its folder of cases. */
export const sealedParsers: Readonly<Record<string, Parser>> = {
  header: {
    seeds: [new Uint8Array(rightHeader)],
    parse: (bytes) => {
      const stored = { body: bytes.subarray(0, header.length), mac: bytes.subarray(header.length) };
      expect(isHeaderRight({ ports: { aead } as never, keyring, vaultId }, stored, [])).toBe(
        same(bytes, rightHeader),
      );
    },
  },
  envelope: {
    seeds: sealed,
    parse: (bytes) => {
      const opened = envelope.open('secret', id, 5, bytes);
      const at = sealed.findIndex((each) => same(bytes, each));
      expect(opened === null ? null : Buffer.from(opened)).toEqual(
        at < 0 ? null : Buffer.from(contents[at] ?? []),
      );
      // In no other place is it worth anything.
      for (const table of sealedTables)
        if (table !== 'secret') expect(envelope.open(table, id, 5, bytes)).toBe(null);
      expect(envelope.open('secret', id, 6, bytes)).toBe(null);
      expect(envelope.open('secret', vaultId, 5, bytes)).toBe(null);
    },
  },
  leaf: {
    seeds: [leaf, new Uint8Array(0)],
    parse: (bytes) => {
      if (!isLeafSound(bytes, bucket)) return;
      expect(bytes.length % entryBytes).toBe(0);
      const entries = Array.from({ length: entryCount(bytes) }, (_, at) => entryAt(bytes, at));
      for (const entry of entries) expect(entry.id[0]).toBe(bucket);
      // A number beyond 2⁵³ is read as none, and fits no row.
      if (entries.some(({ revision }) => Number.isNaN(revision))) return;
      const rebuilt = entries.reduce<Uint8Array>(withEntry, new Uint8Array(0));
      expect(same(rebuilt, bytes)).toBe(true);
    },
  },
  'snapshot-columns': {
    seeds: [new TextEncoder().encode(JSON.stringify(packBodies(bodies)))],
    parse: (bytes) => {
      const read = unpackOrNull(textOf(bytes));
      if (read === null) return;
      expect(read).toHaveLength(bodyCount);
      const again = unpackBodies(JSON.parse(JSON.stringify(packBodies(read))), bodyCount);
      expect(again.map(canonicalJson)).toEqual(read.map(canonicalJson));
    },
  },
};

// A reader of vault files written from docs/vault-format-v1.md alone. It imports nothing of the product and uses other
// implementations throughout: node:sqlite, node:crypto's Argon2id and ChaCha20-Poly1305, own BLAKE2b. Strict: throws at the first thing
// that is not as the page says. Section numbers are those of the page.
import { argon2Sync } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { blake2b } from './blake2b.ts';
import { columnByThePage, type Json } from './columns-by-the-page.ts';
import { xChaChaOpen } from './xchacha.ts';

export type ReadVault = {
  readonly vaultId: string;
  readonly counter: number;
  readonly meta: Readonly<Record<string, { readonly revision: number; readonly body: unknown }>>;
  readonly secrets: Readonly<Record<string, { readonly revision: number; readonly bytes: Buffer }>>;
  readonly audit: readonly { readonly seq: number; readonly [name: string]: unknown }[];
  readonly slots: readonly { readonly kind: number; readonly memoryKiB: number; readonly passes: number }[];
  /** Null where there is none. */
  readonly cacheForm: 1 | 2 | null;
};

type Row = Readonly<Record<string, unknown>>;

const must: (condition: boolean, what: string) => asserts condition = (condition, what) => {
  if (!condition) throw new Error(`not as the format page says: ${what}`);
};
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const zero = Buffer.alloc(1);
const u64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
const numberId = (value: number): Buffer => Buffer.concat([Buffer.alloc(8), u64(value)]);
const blob = (value: unknown): Buffer => {
  must(value instanceof Uint8Array, 'a column is bytes');
  return Buffer.from(value);
};

// §2, the schema, normalised for white space.
const schema = [
  'CREATE TABLE audit (seq INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT',
  'CREATE TABLE cache (k INTEGER PRIMARY KEY CHECK (k = 1), revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT',
  'CREATE TABLE header (k INTEGER PRIMARY KEY CHECK (k = 1), body BLOB NOT NULL, mac BLOB NOT NULL) STRICT',
  'CREATE TABLE leaf (k INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT',
  'CREATE TABLE manifest (k INTEGER PRIMARY KEY CHECK (k = 1), revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT',
  'CREATE TABLE meta (id BLOB PRIMARY KEY, revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE TABLE secret (id BLOB PRIMARY KEY, revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID',
  'CREATE TABLE slot (id BLOB PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID',
];

// §5, numbers of tables.
const tableNumber = { meta: 1, secret: 2, leaf: 3, manifest: 4, audit: 5, cache: 6 } as const;
type Table = keyof typeof tableNumber;

/** §5, lengths. */
export const paddedLengthByThePage = (content: number): number => {
  const length = content + 1;
  if (length <= 128) return 128;
  if (length <= 1024) return length + ((64 - (length % 64)) % 64);
  const e = 31 - Math.clz32(length);
  const s = 31 - Math.clz32(e) + 1;
  const m = 2 ** (e - s) - 1;
  return ((length + m) >>> (e - s)) * 2 ** (e - s);
};

const unpad = (padded: Buffer): Buffer => {
  const end = padded.lastIndexOf(0x80);
  must(end >= 0 && padded.subarray(end + 1).every((byte) => byte === 0), 'padding');
  must(padded.length === paddedLengthByThePage(end), 'padded length');
  return padded.subarray(0, end);
};

const openSlot = (vaultId: Buffer, row: Row, input: string): Buffer => {
  const id = blob(row['id']);
  const body = blob(row['body']);
  must(id.length === 16 && body.length === 132 && body[0] === 1 && body[3] === 0, 'slot');
  must(body[2] === (body[1] === 3 ? 2 : 1), 'derivation of the slot');
  const check = blake2b(Buffer.concat([ascii('keyturn/v1/slot-check'), zero, id, body.subarray(0, 116)]), 16);
  must(check.equals(body.subarray(116)), 'check of the slot');
  must(body.subarray(28, 44).equals(vaultId), 'vault id in the slot');
  const bound = Buffer.concat([ascii('keyturn/v1/slot'), zero, id, body.subarray(0, 44)]);
  if (body[1] === 3) {
    must(body.readBigUInt64BE(4) === 0n, 'no cost of a slot for the keychain');
    const named = Buffer.concat([ascii('keyturn/v1/keychain-slot'), zero, body.subarray(12, 28)]);
    const key = blake2b(named, 32, Buffer.from(input.replaceAll('-', ''), 'hex'));
    return xChaChaOpen(key, body.subarray(44, 68), bound, body.subarray(68, 116));
  }
  const memory = body.readUInt32BE(4);
  const passes = body.readUInt32BE(8);
  must(memory >= 65_536 && memory <= 2_097_152 && passes >= 2 && passes <= 64, 'limits of the derivation');
  const wrapping = argon2Sync('argon2id', {
    message: body[1] === 1 ? input.normalize('NFC') : input.replaceAll('-', ''),
    nonce: body.subarray(12, 28),
    parallelism: 1,
    tagLength: 32,
    memory,
    passes,
  });
  return xChaChaOpen(wrapping, body.subarray(44, 68), bound, body.subarray(68, 116));
};

/** §5: opens sealed rows of one vault. */
const makeOpener = (vaultId: Buffer, subkey: (purpose: string) => Buffer) => {
  return (table: Table, id: Buffer, revision: number, sealed: Buffer): Buffer => {
    const bound = Buffer.concat([
      ascii('keyturn/v1/record'),
      zero,
      Buffer.of(tableNumber[table], 0, 1),
      vaultId,
      id,
      u64(revision),
    ]);
    must(bound.length === 61, 'associated data');
    return unpad(xChaChaOpen(subkey(table), sealed.subarray(0, 24), bound, sealed.subarray(24)));
  };
};

/** §8: lists and bodies in the cache, where the tag says they are still right. */
const checkCache = (
  content: Buffer,
  leafTags: Buffer,
  expected: Readonly<Record<string, unknown>>,
): 1 | 2 => {
  const form = content.readUInt32BE(8192) === 0xffffffff ? 2 : 1;
  if (form === 2) must(content.readUInt32BE(8196) === 2, 'form of the cache');
  const start = form === 2 ? 8208 : 8200;
  const metaCount = content.readUInt32BE(start - 8);
  const secretCount = content.readUInt32BE(start - 4);
  const json = JSON.parse(content.subarray(start + 40 * (metaCount + secretCount)).toString('ascii')) as Json;
  const bodies = form === 2 ? columnByThePage(json, metaCount) : (json as readonly Json[]);
  must(bodies.length === metaCount, 'bodies in the cache');
  for (const [at, body] of bodies.entries()) {
    const id = content.subarray(start + at * 40, start + 16 + at * 40);
    const leafAt = (id[0] as number) * 16;
    if (!content.subarray(leafAt, leafAt + 16).equals(leafTags.subarray(leafAt, leafAt + 16))) continue;
    must(JSON.stringify(expected[id.toString('hex')]) === JSON.stringify(body), 'a body in the cache');
  }
  return form;
};

/**
 * Reads a whole vault. The file should be a copy: SQLite may leave siblings beside it.
 * @param secretInput password, recovery code with its hyphens, or the keychain's secret in hexadecimal
 * @param kind 1 for a password, 2 for a recovery code, 3 for the keychain's secret (§4.2)
 */
export const readVaultByThePage = (path: string, secretInput: string, kind: 1 | 2 | 3): ReadVault => {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = (sql: string): readonly Row[] => database.prepare(sql).all();
  const one = (sql: string): Row => {
    const found = rows(sql);
    must(found.length === 1, `one row: ${sql}`);
    return found[0] as Row;
  };
  try {
    return readOpened(rows, one, secretInput, kind);
  } finally {
    database.close();
  }
};

/** The vault key and the key of the secrets, for a test that looks for them where they must not be. The file should be a copy. */
export const readKeysByThePage = (
  path: string,
  password: string,
): Readonly<Record<'vaultKey' | 'secretKey', Buffer>> => {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const slot = (database.prepare('SELECT id, body FROM slot').all() as Row[]).find(
      (row) => blob(row['body'])[1] === 1,
    );
    const header = database.prepare('SELECT body FROM header').get() as Row | undefined;
    must(slot !== undefined && header !== undefined, 'a header and a slot for a password');
    const vaultKey = openSlot(blob(header['body']).subarray(8), slot, password);
    return { vaultKey, secretKey: blake2b(ascii('keyturn/v1/subkey/secret'), 32, vaultKey) };
  } finally {
    database.close();
  }
};

const readOpened = (
  rows: (sql: string) => readonly Row[],
  one: (sql: string) => Row,
  secretInput: string,
  kind: 1 | 2 | 3,
): ReadVault => {
  must(one('PRAGMA application_id')['application_id'] === 0x4b54524e, 'application_id');
  must(one('PRAGMA user_version')['user_version'] === 1, 'user_version');
  must(one('PRAGMA page_size')['page_size'] === 4096, 'page size');
  const found = rows('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY sql').map((row) =>
    String(row['sql']).replaceAll(/\s+/g, ' '),
  );
  must(JSON.stringify(found) === JSON.stringify(schema), 'schema');

  const header = one('SELECT body, mac FROM header WHERE k = 1');
  const headerBody = blob(header['body']);
  must(headerBody.length === 24 && headerBody.toString('latin1', 0, 8) === 'KEYTURN\u0001', 'header');
  const vaultId = headerBody.subarray(8);
  const slots = rows('SELECT id, body FROM slot ORDER BY id');
  const slot = slots.find((row) => blob(row['body'])[1] === kind);
  must(slot !== undefined, 'a slot of that kind');
  const vaultKey = openSlot(vaultId, slot, secretInput);
  const subkey = (purpose: string): Buffer => blake2b(ascii(`keyturn/v1/subkey/${purpose}`), 32, vaultKey);
  const open = makeOpener(vaultId, subkey);

  const slotCount = Buffer.alloc(4);
  slotCount.writeUInt32BE(slots.length);
  const covered = slots.flatMap((row) => [blob(row['id']), blob(row['body'])]);
  const macInput = Buffer.concat([ascii('keyturn/v1/header'), zero, headerBody, slotCount, ...covered]);
  must(blake2b(macInput, 32, subkey('header')).equals(blob(header['mac'])), 'mac of the header');

  const manifestRow = one('SELECT revision, sealed FROM manifest WHERE k = 1');
  const counter = Number(manifestRow['revision']);
  const manifest = open('manifest', numberId(1), counter, blob(manifestRow['sealed']));
  must(manifest.readUInt16BE(0) === 1 && manifest.readUInt16BE(2) === 0, 'format in the manifest');
  must(manifest.readUInt32BE(4) === slots.length, 'number of slots');
  must(Number(manifest.readBigUInt64BE(8)) === counter, 'counter');
  const listedSlots = Buffer.concat(
    slots.flatMap((row) => [blob(row['id']), blob(row['body']).subarray(100, 116)]),
  );
  const leavesAt = 56 + listedSlots.length;
  must(manifest.subarray(56, leavesAt).equals(listedSlots), 'slots in the manifest');
  must(manifest.length === leavesAt + 8192, 'length of the manifest');
  const leafTags = manifest.subarray(leavesAt);

  const leafRows = rows('SELECT k, revision, sealed FROM leaf ORDER BY k');
  const leafLists = new Map<number, Buffer>();
  for (const row of leafRows) {
    const key = Number(row['k']);
    const sealed = blob(row['sealed']);
    const at = (key - 256) * 16;
    must(
      key >= 256 && key < 768 && leafTags.subarray(at, at + 16).equals(sealed.subarray(-16)),
      'tag of a leaf',
    );
    leafLists.set(key, open('leaf', numberId(key), Number(row['revision']), sealed));
  }
  const used = Array.from({ length: 512 }, (_, at) => leafTags.subarray(at * 16, at * 16 + 16));
  must(used.filter((tag) => tag.some((byte) => byte !== 0)).length === leafRows.length, 'number of leaves');

  const readTable = <T>(table: 'meta' | 'secret', first: number, turn: (content: Buffer) => T) => {
    const out: Record<string, T & { readonly revision: number }> = {};
    const lists = new Map<number, Buffer[]>();
    for (const row of rows(`SELECT id, revision, sealed FROM ${table} ORDER BY id`)) {
      const id = blob(row['id']);
      const sealed = blob(row['sealed']);
      const revision = Number(row['revision']);
      const bucket = id[0] as number;
      const list = lists.get(bucket) ?? [];
      list.push(id, u64(revision), sealed.subarray(-16));
      lists.set(bucket, list);
      out[id.toString('hex')] = { revision, ...turn(open(table, id, revision, sealed)) };
    }
    for (let bucket = 0; bucket < 256; bucket += 1) {
      const rowsList = Buffer.concat(lists.get(bucket) ?? []);
      must(
        rowsList.equals(leafLists.get(first + bucket) ?? Buffer.alloc(0)),
        `${table} rows of bucket ${bucket}`,
      );
    }
    return out;
  };
  const meta = readTable('meta', 256, (content) => ({ body: JSON.parse(content.toString()) as unknown }));
  const secrets = readTable('secret', 512, (content) => ({ bytes: Buffer.from(content) }));

  let head: Buffer = Buffer.alloc(32);
  const audit = rows('SELECT seq, sealed FROM audit ORDER BY seq').map((row, at) => {
    const seq = Number(row['seq']);
    must(seq === at + 1, 'sequence of the audit');
    const content = open('audit', numberId(seq), 1, blob(row['sealed']));
    must(content.subarray(0, 32).equals(head), 'audit chain');
    const input = Buffer.concat([ascii('keyturn/v1/audit'), zero, u64(seq), content]);
    head = blake2b(input, 32, subkey('audit-chain'));
    return { seq, ...(JSON.parse(content.subarray(32).toString()) as object) };
  });
  must(Number(manifest.readBigUInt64BE(16)) === audit.length, 'number of audit lines');
  must(manifest.subarray(24, 56).equals(head), 'hash of the last audit line');

  const [cache] = rows('SELECT revision, sealed FROM cache WHERE k = 1');
  const bodies = Object.fromEntries(Object.entries(meta).map(([id, { body }]) => [id, body]));
  const cacheForm =
    cache === undefined
      ? null
      : checkCache(
          open('cache', numberId(1), Number(cache['revision']), blob(cache['sealed'])),
          leafTags,
          bodies,
        );
  return {
    vaultId: vaultId.toString('hex'),
    counter,
    meta,
    secrets,
    audit,
    slots: slots.map((row) => {
      const body = blob(row['body']);
      return { kind: body[1] as number, memoryKiB: body.readUInt32BE(4), passes: body.readUInt32BE(8) };
    }),
    cacheForm,
  };
};

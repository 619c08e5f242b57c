// The audit trail (docs/vault-format-v1.md §7): sealed lines, each hashed together with the hash of the line before; the last hash
// stands in the manifest. Makes and opens lines; appending them is part of the commit in write.ts.
import type { JsonObject } from '../model/json.ts';
import { concat, integerId, sameBytes, u64, utf8 } from './bytes.ts';
import { canonicalJson, parseObject } from './canonical-json.ts';
import type { Session } from './session.ts';
import type { AuditRow } from './tables.ts';
import { readAuditDown, readAuditUp } from './tables.ts';
import type { AuditEntry, AuditInput, AuditVerdict } from './vault-types.ts';

const hashBytes = 32;
const domain = utf8('keyturn/v1/audit\0');
const lineRevision = 1;
const pageSize = 500;

export const noAuditHead = (): Uint8Array => new Uint8Array(hashBytes);

type Keys = Pick<Session, 'ports' | 'keyring' | 'envelope'>;

const hashLine = (keys: Keys, sequence: number, previous: Uint8Array, json: Uint8Array): Uint8Array =>
  keys.ports.aead.hash(
    concat([domain, u64(sequence), previous, json]),
    hashBytes,
    keys.keyring.subkey('audit-chain'),
  );

const toJson = (input: AuditInput, atMs: number): JsonObject => ({
  at: atMs,
  by: input.by,
  event: input.event,
  ...(input.keyId === undefined ? {} : { key: input.keyId }),
  ...(input.detail === undefined ? {} : { detail: input.detail }),
});

export type SealedLines = {
  readonly rows: readonly AuditRow[];
  readonly count: number;
  readonly head: Uint8Array;
};

/** Seals new lines to follow a trail of `count` lines that ends in `head`. */
export const sealLines = (
  keys: Keys,
  inputs: readonly AuditInput[],
  count: number,
  head: Uint8Array,
): SealedLines => {
  const rows: AuditRow[] = [];
  let last = head;
  for (const input of inputs) {
    const sequence = count + rows.length + 1;
    const json = utf8(canonicalJson(toJson(input, keys.ports.clock.nowMs())));
    const content = concat([last, json]);
    rows.push({
      sequence,
      sealed: keys.envelope.seal('audit', integerId(sequence), lineRevision, content),
    });
    last = hashLine(keys, sequence, last, json);
  }
  return { rows, count: count + rows.length, head: last };
};

type OpenedLine = { readonly previous: Uint8Array; readonly hash: Uint8Array; readonly json: Uint8Array };

const openLine = (keys: Keys, row: AuditRow): OpenedLine | null => {
  const content = keys.envelope.open('audit', integerId(row.sequence), lineRevision, row.sealed);
  if (content === null || content.length < hashBytes) return null;
  const previous = content.subarray(0, hashBytes);
  const json = content.subarray(hashBytes);
  return { previous, json, hash: hashLine(keys, row.sequence, previous, json) };
};

/** The same line under other keys or at another place, to follow the line of that hash. Null where it does not open. */
export const resealLine = (
  keys: Keys,
  next: Keys,
  row: AuditRow,
  head: Uint8Array,
  sequence = row.sequence,
): { readonly sealed: Uint8Array; readonly hash: Uint8Array } | null => {
  const opened = openLine(keys, row);
  if (opened === null) return null;
  const content = concat([head, opened.json]);
  return {
    sealed: next.envelope.seal('audit', integerId(sequence), lineRevision, content),
    hash: hashLine(next, sequence, head, opened.json),
  };
};

/** Hash of a line, null where it does not open. */
export const hashOfLine = (keys: Keys, row: AuditRow): Uint8Array | null => openLine(keys, row)?.hash ?? null;

/** Whether this row is the line that the manifest calls the last. */
export const isLastLine = (
  keys: Keys,
  row: AuditRow | undefined,
  count: number,
  head: Uint8Array,
): boolean => {
  if (row === undefined) return count === 0;
  const opened = row.sequence === count ? openLine(keys, row) : null;
  return opened !== null && sameBytes(opened.hash, head);
};

/** The last line that is there, with its hash if it can be opened. */
export const lastLine = (
  session: Session,
): { readonly sequence: number; readonly hash: Uint8Array | undefined } | null => {
  const row = readAuditDown(session.sql, Number.MAX_SAFE_INTEGER, 1)[0];
  return row === undefined ? null : { sequence: row.sequence, hash: openLine(session, row)?.hash };
};

const unreadable = (sequence: number): AuditEntry => ({ sequence, atMs: 0, event: 'unreadable', by: '' });

export const openEntry = (keys: Keys, row: AuditRow): AuditEntry => {
  const opened = openLine(keys, row);
  const line = opened === null ? null : parseObject(opened.json);
  if (line === null) return unreadable(row.sequence);
  const { at, by, event, key, detail } = line;
  if (typeof at !== 'number' || typeof by !== 'string' || typeof event !== 'string')
    return unreadable(row.sequence);
  return {
    sequence: row.sequence,
    atMs: at,
    event,
    by,
    ...(typeof key === 'string' ? { keyId: key } : {}),
    ...(detail !== undefined ? { detail: detail as JsonObject } : {}),
  };
};

/** Opens every line and follows the chain to the manifest's head. `firstBroken` is the first sequence that is not as written. */
export const verifyTrail = (session: Session): AuditVerdict => {
  const { manifest, sql } = session;
  if (manifest === null) return { ok: false, entries: 0, firstBroken: 1 };
  let head = noAuditHead();
  let expected = 1;
  for (;;) {
    const page = readAuditUp(sql, expected, pageSize);
    for (const row of page) {
      const opened = row.sequence === expected ? openLine(session, row) : null;
      if (opened === null || !sameBytes(opened.previous, head) || row.sequence > manifest.auditCount)
        return { ok: false, entries: manifest.auditCount, firstBroken: expected };
      head = opened.hash;
      expected += 1;
    }
    if (page.length < pageSize) break;
  }
  const isWhole =
    expected === manifest.auditCount + 1 &&
    sameBytes(head, manifest.auditHead) &&
    readAuditUp(sql, -Number.MAX_SAFE_INTEGER, 1).every((row) => row.sequence >= 1);
  if (isWhole) return { ok: true, entries: manifest.auditCount };
  return {
    ok: false,
    entries: manifest.auditCount,
    firstBroken: Math.min(expected, manifest.auditCount + 1),
  };
};

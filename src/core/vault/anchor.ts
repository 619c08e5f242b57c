// What a reader remembers outside the vault (docs/vault-format-v1.md §9.2): how far the file had come when it was last seen. A file cannot
// prove that it is its own newest copy; with this, an older copy in its place is noticed. Where it is kept is not known here.
import { concat, readU64, sameBytes, u64, utf8 } from './bytes.ts';
import { hashOfLine } from './audit-trail.ts';
import { nonceBytes } from './envelope.ts';
import { tolerant } from './row-lists.ts';
import type { Session } from './session.ts';
import { readAuditUp } from './tables.ts';
import type { AnchorVerdict } from './vault-types.ts';

const domain = utf8('keyturn/v1/anchor\0');
const auditCountAt = 8;
const headAt = 16;
const contentBytes = 48;

/** See OpenVault.anchor. */
export const makeAnchor = ({ isOpen, manifest, ports, keyring, vaultId }: Session): Uint8Array | null => {
  if (!isOpen || manifest === null) return null;
  const content = concat([u64(manifest.counter), u64(manifest.auditCount), manifest.auditHead]);
  const nonce = ports.random.bytes(nonceBytes);
  const sealed = ports.aead.seal(content, concat([domain, vaultId]), nonce, keyring.subkey('anchor'));
  return concat([nonce, sealed]);
};

const open = ({ ports, keyring, vaultId }: Session, bytes: Uint8Array): Uint8Array | null => {
  const content =
    bytes.length <= nonceBytes
      ? null
      : ports.aead.open(
          bytes.subarray(nonceBytes),
          concat([domain, vaultId]),
          bytes.subarray(0, nonceBytes),
          keyring.subkey('anchor'),
        );
  return content?.length === contentBytes ? content : null;
};

/** Whether the audit line that was the last one then is still that very line: a copy that went its own way has another there. */
const isContinued = (session: Session, content: Uint8Array): boolean => {
  const sequence = readU64(content, auditCountAt);
  if (sequence === 0) return true;
  const row = tolerant(
    () => readAuditUp(session.sql, sequence, 1)[0],
    () => undefined,
  );
  const hash = row?.sequence === sequence ? hashOfLine(session, row) : null;
  // A line that cannot be read is damage, which is told as such.
  return hash === null || sameBytes(hash, content.subarray(headAt));
};

/** See OpenVault.compareAnchor. Nothing can be told of a file that cannot prove anything: it counts as the newest. */
export const compareAnchor = (session: Session, bytes: Uint8Array): AnchorVerdict => {
  if (!session.isOpen || session.manifest === null) return { state: 'newest' };
  const content = open(session, bytes);
  if (content === null) return { state: 'foreign' };
  const missing = readU64(content, 0) - session.manifest.counter;
  if (missing > 0) return { state: 'older', missing };
  return { state: isContinued(session, content) ? 'newest' : 'other' };
};

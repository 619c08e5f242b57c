// The index of what was read, at rest: sealed, and opened only by the generation of tables that it was made with. Safe to delete: the next scan reads
// everything.
import { join } from 'node:path';
import type { Aead, Files, Random } from '../../core/ports.ts';
import type { Session } from '../session.ts';

const fileName = 'scan.index';
const fileMode = 0o600;
const maxBytes = 256 * 1024 * 1024;
const keyBytes = 32;

type Parts = { readonly files: Files; readonly aead: Aead; readonly random: Random };

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const associatedFor = (generation: string): Uint8Array => encode(`keyturn/scan-index/1 ${generation}`);

/** @param home absolute path of the vault's folder */
export const indexFile = (home: string): string => join(home, fileName);

/**
 * The index of a generation: the key by which it names files, then its pairs; without pairs where there is none.
 * @param generation of the tables, with what else decides what is found
 */
export const readIndex = (
  { files, aead }: Parts,
  home: string,
  session: Session,
  generation: string,
): Uint8Array => {
  const key = session.vault.leakKey('index');
  try {
    const read = files.read(indexFile(home), maxBytes);
    if (read.ok && read.value.length > aead.nonceBytes) {
      const nonce = read.value.subarray(0, aead.nonceBytes);
      const plain = aead.open(read.value.subarray(aead.nonceBytes), associatedFor(generation), nonce, key);
      if (plain !== null && plain.length >= keyBytes) return plain;
    }
    return aead.hash(encode('names of files'), keyBytes, key);
  } finally {
    key.fill(0);
  }
};

/** Keeps it. That it could not be written costs the next scan its time and nothing else. */
export const writeIndex = (
  { files, aead, random }: Parts,
  home: string,
  session: Session,
  generation: string,
  index: Uint8Array,
): void => {
  const key = session.vault.leakKey('index');
  const nonce = random.bytes(aead.nonceBytes);
  const sealed = aead.seal(index, associatedFor(generation), nonce, key);
  key.fill(0);
  const bytes = new Uint8Array(nonce.length + sealed.length);
  bytes.set(nonce);
  bytes.set(sealed, nonce.length);
  files.writeAtomic(indexFile(home), bytes, fileMode);
};

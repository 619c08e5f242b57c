// The adapters under the vault: whole files that never appear half or over another, random bytes, libsodium's two primitives.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Aead } from '../../src/core/ports.ts';
import { nodeFiles } from '../../src/node/files.ts';
import { nodeRandom } from '../../src/node/random.ts';
import { sodiumAead } from '../../src/node/sodium.ts';
import { blake2b } from '../support/vault/blake2b.ts';
import { errorOf, must, temporaryFolder } from '../support/vault/vault-kit.ts';
import { xChaChaOpen } from '../support/vault/xchacha.ts';

const files = nodeFiles();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('files', () => {
  it('are written whole, with their mode, over what was there only when asked to', () => {
    const path = join(temporaryFolder(), 'file');
    must(files.createNew(path, bytes('one'), 0o600));
    expect(errorOf(files.createNew(path, bytes('two'), 0o600)).kind).toBe('already-exists');
    expect(readFileSync(path, 'utf8')).toBe('one');
    must(files.writeAtomic(path, bytes('three'), 0o640));
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['three', 0o640]);
  });

  it('leave nothing behind, whatever happens', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    must(files.createNew(path, bytes('one'), 0o600));
    files.createNew(path, bytes('two'), 0o600);
    mkdirSync(join(folder, 'taken'));
    expect(files.writeAtomic(join(folder, 'taken'), bytes('x'), 0o600).ok).toBe(false);
    expect(errorOf(files.createNew(join(folder, 'no', 'file'), bytes('x'), 0o600)).kind).toBe('io');
    expect(readdirSync(folder).sort()).toEqual(['file', 'taken']);
  });

  it('take a name only if it is free', () => {
    const folder = temporaryFolder();
    const [from, to, taken] = ['from', 'to', 'taken'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(from, 'content');
    writeFileSync(taken, 'mine');
    expect(errorOf(files.moveNew(from, taken)).kind).toBe('already-exists');
    expect(errorOf(files.copyNew(from, taken, 0o600)).kind).toBe('already-exists');
    must(files.moveNew(from, to));
    expect([existsSync(from), readFileSync(to, 'utf8'), readFileSync(taken, 'utf8')]).toEqual([
      false,
      'content',
      'mine',
    ]);
    files.remove(to);
    files.remove(to);
    expect(existsSync(to)).toBe(false);
  });

  it('are read up to a limit, and say what is in the way', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    writeFileSync(path, 'content');
    chmodSync(path, 0o600);
    expect(must(files.read(path, 7))).toEqual(bytes('content'));
    expect(must(files.peek(path, 3))).toEqual({ size: 7, head: bytes('con') });
    const kinds = [files.read(path, 6), files.read(join(folder, 'no'), 9), files.read(folder, 9)];
    expect(kinds.map((result) => errorOf(result).kind)).toEqual(['bad-input', 'not-found', 'not-a-vault']);
  });
});

describe('random bytes', () => {
  it('are of the length asked for, never handed out twice, and not shared with the pool', () => {
    const random = nodeRandom();
    const seen = new Set<string>();
    for (let round = 0; round < 3000; round += 1) {
      const taken = random.bytes(24);
      expect(taken).toHaveLength(24);
      seen.add(Buffer.from(taken).toString('hex'));
      taken.fill(0);
    }
    expect(seen.size).toBe(3000);
    expect(random.bytes(5000)).toHaveLength(5000);
    expect(random.bytes(0)).toHaveLength(0);
  });
});

describe('libsodium', () => {
  let aead: Aead;
  beforeAll(async () => {
    aead = await sodiumAead();
  });
  const key = Uint8Array.from({ length: 32 }, (_, at) => at);
  const nonce = Uint8Array.from({ length: 24 }, (_, at) => 100 + at);

  it('seals as another implementation of XChaCha20-Poly1305 opens', () => {
    const sealed = aead.seal(bytes('plain'), bytes('bound'), nonce, key);
    expect(xChaChaOpen(key, nonce, bytes('bound'), sealed).toString()).toBe('plain');
    expect(aead.open(sealed, bytes('bound'), nonce, key)).toEqual(bytes('plain'));
  });

  it('opens nothing that was changed anywhere', () => {
    const sealed = aead.seal(bytes('plain'), bytes('bound'), nonce, key);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = sealed.map((byte, place) => (place === at ? byte ^ 1 : byte));
      expect(aead.open(changed, bytes('bound'), nonce, key)).toBeNull();
    }
    expect(aead.open(sealed, bytes('bounds'), nonce, key)).toBeNull();
    expect(aead.open(sealed.subarray(0, 3), bytes('bound'), nonce, key)).toBeNull();
  });

  it('hashes as BLAKE2b does elsewhere, with a key and without', () => {
    const long = bytes('ab'.repeat(300));
    const reference = createHash('blake2b512').update(long).digest('hex');
    expect(Buffer.from(aead.hash(long, 64)).toString('hex')).toBe(reference);
    expect(blake2b(long, 64).toString('hex')).toBe(reference);
    expect(Buffer.from(aead.hash(long, 32, key))).toEqual(blake2b(long, 32, key));
  });

  it('compares and wipes', () => {
    expect([aead.equal(key, key.slice()), aead.equal(key, nonce)]).toEqual([true, false]);
    const wiped = key.slice();
    aead.wipe(wiped);
    expect(wiped).toEqual(new Uint8Array(32));
  });
});

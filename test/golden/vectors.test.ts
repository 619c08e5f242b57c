// The vectors of the format page: the product still computes them, and the code written from the page alone agrees.
import { readFileSync } from 'node:fs';
import { argon2Sync } from 'node:crypto';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { blake2b } from '../support/vault/blake2b.ts';
import { makeVectors } from '../support/vault/vectors.ts';
import { xChaChaOpen } from '../support/vault/xchacha.ts';

type Vectors = Awaited<ReturnType<typeof makeVectors>>;
const kept = JSON.parse(
  readFileSync(resolve(import.meta.dirname, 'vault-v1/vectors.json'), 'utf8'),
) as Vectors;
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

it('the product computes the vectors of the page', async () => {
  expect(await makeVectors()).toEqual(kept);
});

it('subkeys and fingerprint are keyed BLAKE2b', () => {
  for (const [purpose, subkey] of Object.entries(kept.subkeys))
    expect(blake2b(ascii(`keyturn/v1/subkey/${purpose}`), 32, hex(kept.vaultKey)).toString('hex')).toBe(subkey);
  const key = hex(kept.subkeys['fingerprint'] as string);
  expect(blake2b(ascii(kept.fingerprint.value), 16, key).toString('hex')).toBe(kept.fingerprint.hash);
});

it('the slot opens to the vault key', () => {
  const body = hex(kept.slot.body);
  const wrapping = argon2Sync('argon2id', {
    message: kept.slot.password,
    nonce: body.subarray(12, 28),
    parallelism: 1,
    tagLength: 32,
    memory: 65_536,
    passes: 2,
  });
  const bound = Buffer.concat([ascii('keyturn/v1/slot\0'), hex(kept.slot.id), body.subarray(0, 44)]);
  const opened = xChaChaOpen(wrapping, body.subarray(44, 68), bound, body.subarray(68, 116));
  expect(opened.toString('hex')).toBe(kept.vaultKey);
});

it('the header is covered together with the slot', () => {
  const input = Buffer.concat([
    ascii('keyturn/v1/header\0'),
    hex(kept.header.body),
    hex('00000001'),
    hex(kept.slot.id),
    hex(kept.slot.body),
  ]);
  expect(blake2b(input, 32, hex(kept.subkeys['header'] as string)).toString('hex')).toBe(kept.header.mac);
});

it('the row opens to its content and padding', () => {
  const sealed = hex(kept.row.sealed);
  const key = hex(kept.subkeys['secret'] as string);
  const opened = xChaChaOpen(key, sealed.subarray(0, 24), hex(kept.row.associatedData), sealed.subarray(24));
  expect(opened).toEqual(Buffer.concat([ascii('hello'), Buffer.of(0x80), Buffer.alloc(122)]));
});

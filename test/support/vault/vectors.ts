// Test vectors of format 1, computed by the product from fixed inputs. `node test/support/vault/vectors.ts` prints them; they are kept in
// test/golden/vault-v1/vectors.json, and docs/vault-format-v1.md §10 says what each is.
import type { SecretBytes } from '../../../src/core/model/secret-bytes.ts';
import { SecretBytes as Secret } from '../../../src/core/model/secret-bytes.ts';
import { sealLines } from '../../../src/core/vault/audit-trail.ts';
import { toHex } from '../../../src/core/vault/bytes.ts';
import { associatedData, makeEnvelope } from '../../../src/core/vault/envelope.ts';
import { encodeHeader, headerMac } from '../../../src/core/vault/header.ts';
import type { Purpose } from '../../../src/core/vault/keyring.ts';
import { makeKeyring } from '../../../src/core/vault/keyring.ts';
import { makeRecoveryCode } from '../../../src/core/vault/recovery-code.ts';
import { wrapVaultKey } from '../../../src/core/vault/slots.ts';
import type { VaultPorts } from '../../../src/core/vault/vault.ts';
import { nodePorts } from '../../../src/node/ports.ts';

const purposes: readonly Purpose[] = [
  'header',
  'meta',
  'secret',
  'leaf',
  'manifest',
  'audit',
  'cache',
  'audit-chain',
  'fingerprint',
];
const counting = (length: number, from: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => from + at);

/** Random bytes that are not: 00 01 02 …, going on from call to call. */
const countingRandom = (): VaultPorts['random'] => {
  let next = 0;
  return {
    bytes: (length) => {
      next += length;
      return counting(length, next - length);
    },
  };
};

export const vectorPassword = 'Grüne Öfen, drei Gänse';

export const makeVectors = async () => {
  const real = await nodePorts({ targetMs: 0 });
  const clock = { nowMs: () => 1_800_000_000_000, monotonicMs: () => 0 };
  const ports = { ...real, clock, random: countingRandom() };
  const vaultId = counting(16, 0xa0);
  const vaultKey: SecretBytes = Secret.own(counting(32, 0));
  const keyring = makeKeyring(ports.aead, vaultKey);
  const envelope = makeEnvelope(ports.aead, countingRandom(), keyring, vaultId);
  const rowId = counting(16, 0x10);
  const slot = await wrapVaultKey(
    ports,
    vaultId,
    'password',
    { memoryKiB: 65_536, passes: 2 },
    Secret.fromText(vectorPassword),
    vaultKey,
  );
  const header = encodeHeader(vaultId);
  const line = { event: 'revealed', by: 'app', keyId: toHex(rowId), detail: { field: 'value' } };
  const audit = sealLines({ ports, keyring, envelope }, [line], 0, new Uint8Array(32));
  return {
    vaultKey: toHex(counting(32, 0)),
    vaultId: toHex(vaultId),
    subkeys: Object.fromEntries(purposes.map((purpose) => [purpose, toHex(keyring.subkey(purpose))])),
    slot: { password: vectorPassword, id: toHex(slot.id), body: toHex(slot.body) },
    header: { body: toHex(header), mac: toHex(headerMac(ports.aead, keyring, header, [slot])) },
    row: {
      table: 'secret',
      id: toHex(rowId),
      revision: 258,
      associatedData: toHex(associatedData(vaultId, 'secret', rowId, 258)),
      content: 'hello',
      sealed: toHex(
        makeEnvelope(ports.aead, countingRandom(), keyring, vaultId).seal(
          'secret',
          rowId,
          258,
          Buffer.from('hello'),
        ),
      ),
    },
    audit: { line: 1, sealed: toHex(audit.rows[0]?.sealed ?? new Uint8Array(0)), hash: toHex(audit.head) },
    fingerprint: {
      value: 'hello',
      hash: toHex(ports.aead.hash(Buffer.from('hello'), 16, keyring.subkey('fingerprint'))),
    },
    recoveryCode: { random: toHex(counting(26, 0)), code: makeRecoveryCode(counting(26, 0)) },
  };
};

if (process.argv[1] === import.meta.filename)
  process.stdout.write(`${JSON.stringify(await makeVectors(), null, 1)}\n`);

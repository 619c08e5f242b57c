// What every vault test needs: a folder of its own, the real ports with the cheapest allowed derivation, short ways to write and read.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AppError } from '../../../src/core/model/app-error.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { Result } from '../../../src/core/model/result.ts';
import { SecretBytes } from '../../../src/core/model/secret-bytes.ts';
import type { Change, OpenVault, VaultPorts } from '../../../src/core/vault/vault.ts';
import { createVault, unlockVault } from '../../../src/core/vault/vault.ts';
import { nodePorts } from '../../../src/node/ports.ts';

export { portsWithoutCost } from './ports-without-cost.ts';

export const password = 'wet stones, two herons';

export const secretText = (text: string): SecretBytes => SecretBytes.fromText(text);
export const textOf = (secret: SecretBytes): string => secret.use((bytes) => new TextDecoder().decode(bytes));

export const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
};

export const errorOf = (result: Result<unknown>): AppError => {
  if (result.ok) throw new Error('expected a failure');
  return result.error;
};

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-vault-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** Real ports; a derivation seen before is not computed again, since hundreds of openings of one vault would be. */
export const rememberingPorts = async (): Promise<VaultPorts> => {
  const ports = await nodePorts({ targetMs: 0 });
  const known = new Map<string, Uint8Array>();
  const derive: VaultPorts['kdf']['derive'] = async (input, salt, params, length) => {
    const typed = input.use((bytes) => Buffer.from(bytes).toString('hex'));
    const key = JSON.stringify([typed, Buffer.from(salt).toString('hex'), params, length]);
    const found = known.get(key);
    if (found !== undefined) return SecretBytes.own(found.slice());
    const derived = await ports.kdf.derive(input, salt, params, length);
    known.set(
      key,
      derived.use((bytes) => bytes.slice()),
    );
    return derived;
  };
  return { ...ports, kdf: { ...ports.kdf, derive } };
};

export const newVault = async (
  ports: VaultPorts,
  path: string,
): Promise<{ vault: OpenVault; code: string }> => {
  const made = must(await createVault(ports, path, secretText(password)));
  return { vault: made.vault, code: textOf(made.recoveryCode) };
};

export const unlock = (ports: VaultPorts, path: string, typed = password): Promise<Result<OpenVault>> =>
  unlockVault(ports, path, { password: secretText(typed) });

export const putMeta = (id: string, body: JsonObject, expected = 0): Change => ({
  op: 'put',
  table: 'meta',
  id,
  body: { type: 'key', ...body },
  expected,
});

export const putSecret = (id: string, text: string, expected = 0): Change => ({
  op: 'put',
  table: 'secret',
  id,
  bytes: secretText(text),
  expected,
});

/** The file as it is now, with its log where there is one. */
export const copyVault = (from: string, to: string): void => {
  copyFileSync(from, to);
  for (const end of ['-wal', '-shm']) {
    rmSync(`${to}${end}`, { force: true });
    if (end === '-wal' && existsSync(`${from}${end}`)) copyFileSync(`${from}${end}`, `${to}${end}`);
  }
};

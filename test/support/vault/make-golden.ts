// Makes the golden vaults of format 1: `node test/support/vault/make-golden.ts`. It makes what is missing and
// never touches a file that is there, because golden files are kept as they are for ever.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { SecretBytes } from '../../../src/core/model/secret-bytes.ts';
import type { Result } from '../../../src/core/model/result.ts';
import type { Change, OpenVault } from '../../../src/core/vault/vault.ts';
import { createVault } from '../../../src/core/vault/vault.ts';
import { nodePorts } from '../../../src/node/ports.ts';

const folder = resolve(import.meta.dirname, '../../golden/vault-v1');
const text = SecretBytes.fromText;
const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const meta = (vault: OpenVault, body: JsonObject): Change => ({
  op: 'put',
  table: 'meta',
  id: vault.newId(),
  body,
  expected: 0,
});
const secret = (vault: OpenVault, value: string): Change => ({
  op: 'put',
  table: 'secret',
  id: vault.newId(),
  bytes: text(value),
  expected: 0,
});
const again = (change: Change, body: JsonObject): Change => ({ ...change, body, expected: 1 }) as Change;
const removal = ({ table, id }: Change): Change => ({ op: 'delete', table, id, expected: 1 });

const expectedOf = (
  vault: OpenVault,
  secrets: readonly string[],
  password: string,
  recoveryCode: string,
) => ({
  password,
  recoveryCode,
  vaultId: vault.vaultId,
  counter: vault.counter(),
  meta: Object.fromEntries([...vault.records()].map(([id, { revision, body }]) => [id, { revision, body }])),
  secrets: Object.fromEntries(
    secrets.map((id) => [
      id,
      {
        revision: vault.secretRevision(id),
        text: must(vault.readSecret(id)).use((b) => new TextDecoder().decode(b)),
      },
    ]),
  ),
  audit: [...must(vault.auditEntries({ limit: 1000 }))].reverse(),
});

/** Every kind of content and change, on a composed and a decomposed password. */
const fillSmall = (vault: OpenVault): readonly string[] => {
  const key = meta(vault, {
    type: 'key',
    name: 'Weather',
    tags: ['sky', 'müde'],
    nested: { z: 1, a: [true, null, -0.5] },
  });
  const note = meta(vault, { type: 'note', text: 'x'.repeat(900) });
  const gone = meta(vault, { type: 'key', name: 'gone' });
  const values = ['first value', '', '🗝 under the mat\n\u0000 and a zero', 'long '.repeat(1500)];
  const secrets = values.map((value) => secret(vault, value));
  const lost = secret(vault, 'lost');
  must(
    vault.commit([key, note, gone, lost, ...secrets], [{ event: 'key-added', by: 'golden', keyId: key.id }]),
  );
  must(
    vault.commit([again(key, { type: 'key', name: 'Weather, renamed' }), removal(gone), removal(lost)], []),
  );
  must(
    vault.commit(
      [],
      [{ event: 'revealed', by: 'golden', keyId: key.id, detail: { field: 'value', times: 2 } }],
    ),
  );
  return secrets.map((change) => change.id);
};

/** Enough records for a cache, and a few changes after it was written. */
const fillLarge = (vault: OpenVault): readonly string[] => {
  const many = Array.from({ length: 300 }, (_, at) =>
    meta(vault, { type: 'key', name: `Number ${at}`, mark: '…' }),
  );
  const secrets = Array.from({ length: 20 }, (_, at) => secret(vault, `value ${at}`));
  must(vault.commit([...many, ...secrets], [{ event: 'imported', by: 'golden', detail: { keys: 300 } }]));
  return secrets.map((change) => change.id);
};

/** Forms of bodies that a cache in columns has to tell apart, among enough of one form. */
const fillColumns = (vault: OpenVault): readonly string[] => {
  const many = Array.from({ length: 260 }, (_, at) =>
    meta(vault, {
      type: 'key',
      name: `Number ${at}`,
      tags: at % 3 === 0 ? [] : ['sky', `tag ${at % 7}`],
      note: at % 5 === 0 ? null : 'müde',
      versions: Array.from({ length: 1 + (at % 2) }, (_each, number) => ({
        number,
        prints: { value: `${at}` },
      })),
    }),
  );
  const odd: readonly JsonObject[] = [
    { type: 'key' },
    { type: 'note', text: '🗝' },
    { type: 'note', text: ['a', 1, null, {}, []] },
    JSON.parse('{"type":"note","__proto__":{"name":"Number 1"}}') as JsonObject,
  ];
  must(vault.commit([...many, ...odd.map((body) => meta(vault, body))], []));
  return [];
};

/** In groups, so that nobody takes it for somebody's key. */
const keychainSecretOf = (vault: OpenVault): string => {
  const secret = must(vault.makeKeychainSlot('golden', true));
  const digits = secret.use((bytes) => Buffer.from(bytes).toString('hex'));
  return digits.match(/.{8}/g)?.join('-') ?? '';
};

const make = async (
  name: string,
  password: string,
  fill: (vault: OpenVault) => readonly string[],
): Promise<void> => {
  const path = resolve(folder, `${name}.keyturn`);
  if (existsSync(path)) return;
  const ports = await nodePorts({ targetMs: 0 });
  const made = must(await createVault(ports, path, text(password), 'golden'));
  const secrets = fill(made.vault);
  let code = made.recoveryCode;
  if (name === 'changed-password') {
    must(await made.vault.changePassword(text(password), text('Zwei Reiher, nasse Steine'), 'golden'));
    code = must(await made.vault.newRecoveryCode('golden'));
  }
  const keychain = name === 'with-keychain' ? { keychainSecret: keychainSecretOf(made.vault) } : {};
  const typed = name === 'changed-password' ? 'Zwei Reiher, nasse Steine' : password;
  const recoveryCode = code.use((bytes) => new TextDecoder().decode(bytes));
  const expected = expectedOf(made.vault, secrets, typed, recoveryCode);
  made.vault.close();
  rmSync(`${path}-wal`, { force: true });
  writeFileSync(
    resolve(folder, `${name}.json`),
    `${JSON.stringify({ ...expected, ...keychain }, null, 1)}\n`,
  );
};

await make('small', 'Grüne Öfen, drei Gänse', fillSmall);
await make('changed-password', 'nobody remembers this one', fillSmall);
await make('with-cache', 'slow river, three boats', fillLarge);
await make('with-columns', 'two herons, one field', fillColumns);
await make('with-keychain', 'nine lanterns on the quay', fillSmall);

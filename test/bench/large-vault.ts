// A vault of many keys, made as the product makes one: the first key through the agent, the others as its likes, each with a
// sealed value of its own. The derivation is the cheapest allowed one; it is measured apart.
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgent, type Agent } from '../../src/agent/agent.ts';
import type { CallInput, CallName, CallOutput } from '../../src/contract/contract.ts';
import type { JsonObject } from '../../src/core/model/json.ts';
import { SecretBytes } from '../../src/core/model/secret-bytes.ts';
import { unlockVault, type Change, type OpenVault, type VaultPorts } from '../../src/core/vault/vault.ts';
import { entryOf } from './lifelike.ts';

export const password = 'a password of the measurements';
export const passwordBytes = (): Uint8Array => new TextEncoder().encode(password);

export const ask = async <N extends CallName>(
  agent: Agent,
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> => {
  const result = await agent.call('command-line', name, input);
  if (!result.ok) throw new Error(`${name}: ${result.error.message}`);
  return result.value as CallOutput<N>;
};

export const openVault = async (ports: VaultPorts, path: string): Promise<OpenVault> => {
  const opened = await unlockVault(ports, path, { password: SecretBytes.fromText(password) });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
};

type Version = JsonObject & { readonly fields: readonly JsonObject[] };

/** A key of the form that the product gave the first one, with the facts of an entry. */
const likeOf = (
  vault: OpenVault,
  base: JsonObject,
  environments: readonly string[],
  number: number,
): Change[] => {
  const [version] = base['versions'] as unknown as readonly Version[];
  const { name, account, url, notes, tags, expiresOn, provider, variable, addedAtMs, value } =
    entryOf(number);
  const versionId = vault.newId();
  const bytes = new TextEncoder().encode(value);
  const body = {
    ...base,
    ...{ name, account, notes, tags, expiresOn, provider, addedAtMs },
    portalUrl: url,
    changedAtMs: addedAtMs,
    environmentIds: [environments[number % environments.length] ?? ''],
    versions: [
      {
        ...version,
        id: versionId,
        addedAtMs,
        fields: (version?.fields ?? []).map((field) => ({ ...field, variable })),
        fingerprints: { secret: vault.fingerprint(bytes) },
      },
    ],
  } as unknown as JsonObject;
  return [
    { op: 'put', table: 'meta', id: vault.newId(), body, expected: 0 },
    { op: 'put', table: 'secret', id: versionId, bytes: SecretBytes.own(bytes), expected: 0 },
  ] as Change[];
};

/** Each commit writes its leaves anew: few large ones make a large vault sooner. */
const batch = 5_000;

export type LargeVault = { readonly home: string; readonly path: string };

/**
 * Fills a new home folder; gives the folder and its vault's path.
 * @param beforeFilling sees the vault while it has one key
 */
export const makeLargeVault = async (
  ports: VaultPorts,
  count: number,
  beforeFilling: (vault: LargeVault) => void = () => undefined,
): Promise<LargeVault> => {
  const home = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  const agent = createAgent({ home, ports });
  await ask(agent, 'vault.create', { password: passwordBytes() });
  const overview = await ask(agent, 'overview.read', {});
  const project = overview.projects[0];
  if (project === undefined) throw new Error('a new vault has a project');
  const environments = project.environments.map(({ id }) => id);
  await ask(agent, 'keys.add', {
    projectId: project.id,
    environmentIds: environments.slice(0, 1),
    facts: { name: 'first' },
    fields: [{ name: 'secret', value: new TextEncoder().encode(randomBytes(24).toString('hex')) }],
  });
  agent.close();
  const path = join(home, 'vault.keyturn');
  beforeFilling({ home, path });
  const vault = await openVault(ports, path);
  const base = [...vault.records().values()].find(({ body }) => body['type'] === 'key')?.body;
  if (base === undefined) throw new Error('the first key is there');
  for (let from = 1; from < count; from += batch) {
    const numbers = Array.from({ length: Math.min(batch, count - from) }, (_, index) => from + index);
    const committed = vault.commit(
      numbers.flatMap((number) => likeOf(vault, base, environments, number)),
      [],
    );
    if (!committed.ok) throw new Error(committed.error.message);
  }
  vault.close();
  return { home, path };
};

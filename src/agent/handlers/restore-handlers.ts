// Brings a backup back to where no vault is yet. Whatever stands in the place already is left as it is.
import { basename, dirname } from 'node:path';
import { ok, type Result } from '../../core/model/result.ts';
import { SecretBytes } from '../../core/model/secret-bytes.ts';
import type { CallInput, CallOutput } from '../../contract/contract.ts';
import { restoreVault, type Credential } from '../../core/vault/vault.ts';
import { makeHome } from '../../node/home-folder.ts';
import type { OpenContext, OpenHandlers } from '../handler.ts';
import { requireAbsolute } from './paths.ts';

type Input = CallInput<'restore.readPath'>;
type Written = CallOutput<'restore.readPath'>;

const restore = async (
  { core, by }: OpenContext,
  from: string,
  to: string,
  credential: Credential,
): Promise<Result<Written>> => {
  const task = core.tasks.begin(`Restoring ${basename(from)}`, null, false);
  const restored = await restoreVault(core.ports, from, to, credential, by);
  task.end(restored.ok ? 'Every record was read and is back.' : 'Nothing was restored.');
  if (!restored.ok) return restored;
  core.anchors.forget(restored.value.vaultId, to);
  const size = core.ports.files.peek(to, 0);
  core.emit('state.changed', core.state());
  return ok({ file: to, keys: restored.value.keys, bytes: size.ok ? size.value.size : 0 });
};

const handle = async (context: OpenContext, input: Input): Promise<Result<Written>> => {
  const { files } = context.core;
  const from = requireAbsolute(input.path);
  if (!from.ok) return from;
  const to = input.to === undefined ? ok(files.vault) : requireAbsolute(input.to);
  if (!to.ok) return to;
  // Only a folder of ours is made; another one must be there, or a slip of the pen would make it.
  const folder = dirname(to.value) === files.home ? makeHome(files.home) : ok(undefined);
  const secret = SecretBytes.own(input.password);
  const credential = input.with === 'recovery-code' ? { recoveryCode: secret } : { password: secret };
  return folder.ok ? restore(context, from.value, to.value, credential) : folder;
};

export const restoreHandlers: OpenHandlers<'restore.readPath'> = { 'restore.readPath': handle };

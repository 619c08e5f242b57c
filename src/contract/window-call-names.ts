// The names of the contract without its schemas: the sandboxed preload is made from these and stays a few lines long.
// A test holds them equal to the contract, so this list decides nothing by itself.
import type { CallName } from './contract.ts';
import type { EventName } from './events.ts';

/** Every call that the window may send. */
export const windowCallNames = [
  'state.read',
  'state.touch',
  'settings.read',
  'settings.change',
  'vault.create',
  'vault.unlock',
  'vault.recover',
  'vault.lock',
  'password.strength',
  'password.change',
  'recovery.renew',
  'recovery.verify',
  'audit.list',
  'audit.verify',
  'doctor.run',
  'backup.toFile',
  'restore.fromFile',
  'about.open',
  'task.cancel',
  'overview.read',
  'project.add',
  'project.rename',
  'project.remove',
  'environment.add',
  'environment.rename',
  'environment.remove',
  'keys.list',
  'keys.read',
  'keys.add',
  'keys.assess',
  'keys.edit',
  'keys.replace',
  'keys.remove',
  'keys.undoRemove',
  'keys.emptyRemoved',
  'keys.emptyVersions',
  'keys.handOver',
  'keys.takeBack',
  'keys.reveal',
  'keys.copy',
  'clipboard.read',
  'clipboard.clear',
  'draft.begin',
  'draft.paste',
  'draft.field',
  'draft.pasteField',
  'draft.provider',
  'draft.discard',
  'variables.list',
  'variables.put',
  'variables.remove',
  'portal.open',
  'import.chooseFile',
  'import.apply',
  'import.discard',
  'export.preview',
  'export.toFile',
] as const satisfies readonly CallName[];

/** Every event that the window may listen to. */
export const windowEventNames = [
  'state.changed',
  'vault.changed',
  'settings.changed',
  'clipboard.changed',
  'task.progress',
  'window.go',
] as const satisfies readonly EventName[];

/** The calls that the shell answers itself. */
export const shellCallNames = [
  'backup.toFile',
  'restore.fromFile',
  'about.open',
  'keys.copy',
  'clipboard.read',
  'clipboard.clear',
  'draft.paste',
  'draft.pasteField',
  'portal.open',
  'import.chooseFile',
  'export.toFile',
] as const satisfies readonly CallName[];

export type WindowCallName = (typeof windowCallNames)[number];
export type ShellCallName = (typeof shellCallNames)[number];

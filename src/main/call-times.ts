// How long the shell waits for the agent. A derivation is meant to take a second; on a slow machine without the native
// module it takes many. Files may be large and disks slow.
import type { CallName } from '../contract/contract.ts';

const usualMs = 30_000;
const derivingMs = 180_000;
const fileMs = 600_000;
/** A turn is asked about by other people's machines, and sits out a minute at a time. Whoever follows it asks again. */
const turnMs = 600_000;

const special: Readonly<Partial<Record<CallName, number>>> = {
  'vault.create': derivingMs,
  'vault.unlock': derivingMs,
  'vault.recover': derivingMs,
  'password.change': derivingMs,
  'recovery.renew': derivingMs,
  'recovery.verify': derivingMs,
  'demo.create': derivingMs,
  'audit.verify': fileMs,
  'import.previewPath': fileMs,
  'import.apply': fileMs,
  'export.writePath': fileMs,
  'backup.writePath': fileMs,
  'restore.readPath': fileMs,
  'rotation.plan': turnMs,
  'rotation.follow': turnMs,
  'rotation.resume': turnMs,
  'rotation.undo': turnMs,
  'rotation.giveUp': turnMs,
  'rotation.task': turnMs,
  'rotation.paste': turnMs,
};

/** Milliseconds after which a call counts as unanswered. */
export const timeoutMsOf = (name: string): number => special[name as CallName] ?? usualMs;

// Entries of the audit trail in plain words. An event that this version does not know is shown by its own name.
const words: Readonly<Record<string, string>> = {
  'vault.created': 'Vault created',
  'vault.unlocked': 'Unlocked',
  'vault.locked': 'Locked',
  'vault.recovered': 'Opened with the recovery code',
  unlock: 'Unlocked',
  lock: 'Locked',
  'unlock.failed': 'Wrong password',
  'password.changed': 'Password changed',
  'recovery.renewed': 'New recovery code made',
  'key.added': 'Added',
  'key.edited': 'Edited',
  'key.replaced': 'New value put in',
  'key.removed': 'Removed',
  'key.restored': 'Taken back from the bin',
  'key.emptied': 'Deleted for good',
  'key.revealed': 'Revealed',
  'key.copied': 'Copied',
  'key.exported': 'Exported',
  'key.handedOver': 'Handed over',
  'key.takenBack': 'Taken back',
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The sentence for an event such as `key.copied`. */
export const auditWords = (event: string): string =>
  words[event] ?? capital(event.replaceAll(/[.\-_]/g, ' '));

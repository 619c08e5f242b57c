// Entries of the audit trail in plain words. An event that this version does not know is shown by its own name.

/** By the names that the agent writes; a test holds the two lists equal. */
export const auditEvents: Readonly<Record<string, string>> = {
  'backup-made': 'Backup made',
  'damage-accepted': 'Damage accepted',
  'derivation-raised': 'Password made dearer to guess',
  'environment-added': 'Environment added',
  'environment-exported': 'Environment exported',
  'environment-removed': 'Environment removed',
  'environment-renamed': 'Environment renamed',
  'file-imported': 'File imported',
  'format-raised': 'Vault brought to a newer format',
  'key-added': 'Added',
  'key-care-changed': 'What is watched was changed',
  'key-copied': 'Copied',
  'key-edited': 'Edited',
  'key-emptied': 'Deleted for good',
  'key-exported': 'Exported',
  'key-handed-over': 'Handed over',
  'key-removed': 'Removed',
  'key-replaced': 'New value put in',
  'key-revealed': 'Revealed',
  'key-state-changed': 'Its state changed',
  'key-taken-back': 'Taken back',
  'key-taken-out-of-bin': 'Taken back from the bin',
  'key-versions-emptied': 'Earlier values deleted for good',
  'keychain-turned-off': 'System keychain turned off',
  'keychain-turned-on': 'System keychain turned on',
  'keys-checked': 'Keys checked',
  'older-copy-accepted': 'Older copy accepted',
  'older-copy-opened': 'Older copy opened',
  'password-changed': 'Password changed',
  'password-reset': 'Password set with the recovery code',
  'policies-changed': 'Policies changed',
  'project-added': 'Project added',
  'project-removed': 'Project removed',
  'project-renamed': 'Project renamed',
  'provider-configured': 'Provider configured',
  'provider-removed': 'Provider taken away',
  'providers-added': 'Providers added',
  'recovery-code-replaced': 'New recovery code made',
  'unlock-failed': 'Wrong password',
  unreadable: 'Entry that cannot be read',
  'variable-removed': 'Variable removed',
  'variable-set': 'Variable set',
  'vault-created': 'Vault created',
  'vault-key-replaced': 'Vault key replaced',
  'vault-locked': 'Locked',
  'vault-rescued': 'Vault rescued',
  'vault-restored': 'Vault restored',
  'vault-unlocked': 'Unlocked',
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The words for an event such as `key-copied`. */
export const auditWords = (event: string): string =>
  auditEvents[event] ?? capital(event.replaceAll(/[.\-_]/g, ' '));

// The door of the vault: create, unlock, inspect, restore. What an open vault can do is in vault-types.ts.
export type {
  AuditEntry,
  AuditInput,
  AuditVerdict,
  Change,
  Credential,
  Damage,
  MetaRecord,
  OpenVault,
  RecordId,
  RecordTable,
  VaultFacts,
  VaultPorts,
  VaultState,
} from './vault-types.ts';

// Short names for the shapes that this window shows, all taken from the contract.
import type { CallOutput } from '../../contract/contract.ts';

export type AppState = CallOutput<'state.read'>;
export type Settings = CallOutput<'settings.read'>;
export type Overview = CallOutput<'overview.read'>;
export type ProjectView = Overview['projects'][number];
export type EnvironmentView = ProjectView['environments'][number];
export type ProviderView = Overview['providers'][number];
export type KeySummary = CallOutput<'keys.list'>[number];
export type KeyDetail = CallOutput<'keys.read'>;
export type KeyFacts = KeyDetail['facts'];
export type FieldView = KeyDetail['fields'][number];
export type VersionView = KeyDetail['versionList'][number];
export type AuditEntry = KeyDetail['history'][number];
export type Consumer = KeyDetail['consumers'][number];
export type Warning = KeySummary['warnings'][number];
export type Draft = CallOutput<'draft.begin'>;
export type DraftField = Draft['fields'][number];
export type ImportPreview = NonNullable<CallOutput<'import.chooseFile'>>;
export type ImportRow = ImportPreview['rows'][number];
export type PlainVariable = CallOutput<'variables.list'>[number];
export type Strength = CallOutput<'password.strength'>;
export type BackupList = CallOutput<'backup.list'>;
export type BackupEntry = BackupList['backups'][number];
export type RestorePreview = CallOutput<'restore.preview'>;
export type KeychainView = CallOutput<'keychain.read'>;

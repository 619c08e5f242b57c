// Format 1: the first tables (docs/vault-format-v1.md §2). Frozen: never edit; a later format is a later file.
import type { Migration } from './migration.ts';

const sealedById = (table: string): string =>
  `CREATE TABLE ${table} (id BLOB PRIMARY KEY, revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID`;

const tables = [
  'CREATE TABLE header (k INTEGER PRIMARY KEY CHECK (k = 1), body BLOB NOT NULL, mac BLOB NOT NULL) STRICT',
  'CREATE TABLE slot (id BLOB PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID',
  sealedById('meta'),
  sealedById('secret'),
  'CREATE TABLE leaf (k INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT',
  'CREATE TABLE manifest (k INTEGER PRIMARY KEY CHECK (k = 1), revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT',
  'CREATE TABLE audit (seq INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT',
  'CREATE TABLE cache (k INTEGER PRIMARY KEY CHECK (k = 1), revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT',
];

export const firstTables: Migration = { format: 1, statements: tables, schema: tables };

// A later format that only tests know, so that a migration can be run before there is one.
import { migrations } from '../../../src/core/vault/migrations/index.ts';
import type { Migration } from '../../../src/core/vault/migrations/index.ts';

const later = 'CREATE TABLE later (k INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT';

export const secondFormat: readonly Migration[] = [
  ...migrations,
  { format: 2, statements: [later], schema: [...(migrations[0]?.schema ?? []), later] },
];

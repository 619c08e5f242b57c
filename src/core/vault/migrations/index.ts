// All migrations in order. Adding a format is adding a line here and a frozen file beside it.
import { firstTables } from './0001-first-tables.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [firstTables];

// Stands in for src/core/vault/migrations/index.ts in a process that preload.ts was loaded into: one format more than there is.
export type { Migration } from '../../../src/core/vault/migrations/index.ts';
export { secondFormat as migrations } from '../vault/second-format.ts';

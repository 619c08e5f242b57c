// Projects and their environments. Five environments are there from the start; a person may add their own.
import type { RecordId } from './ids.ts';

export const environmentKinds = ['development', 'test', 'staging', 'production', 'ci', 'own'] as const;
export type EnvironmentKind = (typeof environmentKinds)[number];

/** What a new project starts with, in the order in which it is shown. */
export const initialEnvironments = ['development', 'test', 'staging', 'production', 'ci'] as const;

/** Short forms that developers type; `--env prod` means production. */
export const environmentAliases: Readonly<Record<string, (typeof initialEnvironments)[number]>> = {
  dev: 'development',
  local: 'development',
  stage: 'staging',
  stg: 'staging',
  prod: 'production',
  prd: 'production',
  live: 'production',
};

export type Project = {
  readonly id: RecordId;
  readonly name: string;
};

export type Environment = {
  readonly id: RecordId;
  readonly projectId: RecordId;
  readonly name: string;
  readonly kind: EnvironmentKind;
  /** Position among its project's environments, from 0. */
  readonly order: number;
};

/** A non-secret setting of an environment, kept so that an export gives a whole file back. */
export type PlainVariable = {
  readonly id: RecordId;
  readonly environmentId: RecordId;
  readonly name: string;
  readonly value: string;
  readonly order: number;
};

// What a migration is: the statements that turn the tables of one format into those of the next. Rows keep their seals,
// which carry a record format of their own.

export type Migration = {
  /** The format the file has afterwards; migrations are applied in order of it, without gaps. */
  readonly format: number;
  readonly statements: readonly string[];
  /** All statements that sqlite_schema lists afterwards. */
  readonly schema: readonly string[];
};

// A remark about a key that a person should see before saving it and beside it in the list.
export type WarningSeverity = 'info' | 'warning' | 'danger';

export type KeyWarning = {
  /** Stable, kebab-case: scripts match on it. */
  readonly code: string;
  readonly severity: WarningSeverity;
  readonly message: string;
  readonly next: string;
};

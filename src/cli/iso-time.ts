// Times as the command line writes them.

/** ISO 8601 in UTC, or null. */
export const isoTime = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString();

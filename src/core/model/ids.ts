// Record ids: 16 random bytes as 32 lower-case hex digits. Random, never ordered by time: an id must not tell when.
export type RecordId = string;

/** Whether a text has the shape of a record id. */
export const isRecordId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);

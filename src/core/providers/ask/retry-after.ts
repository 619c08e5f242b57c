// When an answer asks to come back (RFC 9110, Retry-After): seconds, or a date.

/**
 * @param headers by lower-case names
 * @returns milliseconds from now; undefined where nothing is said that can be read
 */
export const waitAskedFor = (headers: ReadonlyMap<string, string>, nowMs: number): number | undefined => {
  const text = headers.get('retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
};

// The wished end of a new key, in every form in which providers take one: midnight in UTC, when the day begins. Whole hours and days are
// counted up, so that the key is not refused before its day.
import { readDate } from '../../ask/dates.ts';

const hourMs = 3_600_000;
const dayMs = 86_400_000;

export type Ends = Readonly<
  Record<'expiresOn' | 'expiresAt', string> &
    Record<'expiresInSeconds' | 'expiresInHours' | 'expiresInDays' | 'expiresAtMs', number>
>;

/**
 * @param expiresOn YYYY-MM-DD; null where no end is wished
 * @returns undefined where the day is none that is still to come: a name that is left out would make a key without an end
 */
export const endsOf = (expiresOn: string | null, nowMs: number): Partial<Ends> | undefined => {
  if (expiresOn === null) return {};
  if (readDate(expiresOn) !== expiresOn) return undefined;
  const atMs = Date.parse(`${expiresOn}T00:00:00Z`);
  if (atMs - nowMs < 60_000) return undefined;
  return {
    expiresOn,
    expiresAt: `${expiresOn}T00:00:00Z`,
    expiresInSeconds: Math.floor((atMs - nowMs) / 1_000),
    expiresInHours: Math.ceil((atMs - nowMs) / hourMs),
    expiresInDays: Math.ceil((atMs - nowMs) / dayMs),
    expiresAtMs: atMs,
  };
};

/** The day of an end as an answer tells it: ISO 8601, a day, or seconds or milliseconds since 1970. Null where it is none. */
export const dayOfEnd = (told: unknown): string | null => {
  if (typeof told === 'number' && Number.isFinite(told) && told > 0) {
    const ms = told < 100_000_000_000 ? told * 1_000 : told;
    return ms < 8_000_000_000_000_000 ? (readDate(new Date(ms).toISOString())?.slice(0, 10) ?? null) : null;
  }
  return typeof told === 'string' ? (readDate(told.slice(0, 100))?.slice(0, 10) ?? null) : null;
};

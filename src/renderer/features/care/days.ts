// Numbers of days as a person types them. Pure.
const most = 3_650;

export type Typed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

const wholeDays = (word: string): number | null =>
  /^\d{1,4}$/.test(word) && Number(word) <= most ? Number(word) : null;

/** "30, 14 7" as days, the longest first. Null where nothing is typed: then the policy counts. */
export const parseLeadDays = (text: string): Typed<readonly number[] | null> => {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  if (words.length === 0) return { ok: true, value: null };
  const days = words.map(wholeDays);
  const wrong = words.find((_, index) => days[index] === null);
  if (wrong !== undefined) {
    return { ok: false, message: `“${wrong}” is no number of days. Write whole days, such as 30, 14, 7.` };
  }
  const distinct = [...new Set(days.filter((each) => each !== null))];
  if (distinct.length > 20) return { ok: false, message: 'These are more than 20 reminders for one date.' };
  return { ok: true, value: distinct.sort((left, right) => right - left) };
};

/** One number of days, or null where nothing is typed. */
export const parseDays = (text: string): Typed<number | null> => {
  const word = text.trim();
  if (word === '') return { ok: true, value: null };
  const value = wholeDays(word);
  return value === null
    ? { ok: false, message: `Write whole days, from 0 to ${most}.` }
    : { ok: true, value };
};

export const showDays = (days: readonly number[] | number | null): string =>
  days === null ? '' : typeof days === 'number' ? String(days) : days.join(', ');

// Times and days in words. Pure: the present arrives as an argument. Days are YYYY-MM-DD in the person's own calendar.
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** "22 Nov 2026, 08:15". */
export const exactTime = (atMs: number): string => exact.format(atMs);

/** A count with its unit: "1 key", "3 keys". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

/** Calendar days from one moment to another, in the person's own calendar. */
const daysBetween = (fromMs: number, toMs: number): number =>
  Math.round((Date.parse(today(toMs)) - Date.parse(today(fromMs))) / dayMs);

/** "just now", "4 min ago", "3 h ago", "yesterday", "5 days ago", then the day itself. */
export const ago = (atMs: number, nowMs: number): string => {
  const passed = nowMs - atMs;
  if (passed < minuteMs) return 'just now';
  if (passed < hourMs) return `${Math.floor(passed / minuteMs)} min ago`;
  if (passed < dayMs) return `${Math.floor(passed / hourMs)} h ago`;
  const days = daysBetween(atMs, nowMs);
  if (days < 2) return 'yesterday';
  if (days < 14) return `${days} days ago`;
  const sameYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return (sameYear ? dayOfYear : dayAndYear).format(atMs);
};

/**
 * The day of a moment as one would say it: "today", "yesterday", "Tuesday" for the last one, "Tuesday 1 Dec" for the next one, then "12 Nov", with
 * the year where it is another one. No two days read alike.
 */
export const dayWords = (atMs: number, nowMs: number): string => {
  const passed = daysBetween(atMs, nowMs);
  if (passed === 0) return 'today';
  if (passed === 1) return 'yesterday';
  if (passed === -1) return 'tomorrow';
  const day = shortDay(today(atMs), nowMs);
  if (Math.abs(passed) > 6) return day;
  return passed > 0 ? weekday.format(atMs) : `${weekday.format(atMs)} ${day}`;
};

/** "today 14:10", "Tuesday 14:10", "Tuesday 1 Dec 14:10", "12 Nov 14:10". */
export const momentWords = (atMs: number, nowMs: number): string =>
  `${dayWords(atMs, nowMs)} ${clock.format(atMs)}`;

/** "today", "tomorrow", "in 5 days", "yesterday", "3 days ago". */
export const inDaysWords = (days: number): string => {
  if (days === 0) return 'today';
  if (Math.abs(days) === 1) return days === 1 ? 'tomorrow' : 'yesterday';
  return days > 0 ? `in ${counted(days, 'day')}` : `${counted(-days, 'day')} ago`;
};

/** "4:12" or "1:04:12" for a time that runs down. */
export const clockTime = (leftMs: number): string => {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

/** The person's own day as YYYY-MM-DD. */
export const today = (nowMs: number): string => {
  const date = new Date(nowMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** Whole days from today until `day`; negative once it has passed. */
export const daysUntil = (day: string, nowMs: number): number =>
  Math.round((Date.parse(day) - Date.parse(today(nowMs))) / dayMs);

/** "4 Dec", with the year where it is another one. */
export const shortDay = (day: string, nowMs: number): string => {
  const date = new Date(`${day}T12:00:00`);
  return (date.getFullYear() === new Date(nowMs).getFullYear() ? dayOfYear : dayAndYear).format(date);
};

/** The narrow column of the list: "12 d", "5 mo", "3 d ago", or a dash. */
export const shortExpiry = (day: string | null, nowMs: number): string => {
  if (day === null) return '–';
  const days = daysUntil(day, nowMs);
  if (days < 0) return days > -100 ? `${-days} d ago` : 'past';
  if (days === 0) return 'today';
  if (days < 90) return `${days} d`;
  return days < 730 ? `${Math.round(days / 30.44)} mo` : `${Math.round(days / 365.25)} y`;
};

/** "expires in 5 days", "expired 3 days ago". */
export const expiryWords = (day: string, nowMs: number): string => {
  const days = daysUntil(day, nowMs);
  if (days === 0) return 'expires today';
  if (days === 1) return 'expires tomorrow';
  if (days === -1) return 'expired yesterday';
  if (days < 0) return days > -60 ? `expired ${-days} days ago` : `expired on ${shortDay(day, nowMs)}`;
  return days < 60 ? `expires in ${days} days` : `expires on ${shortDay(day, nowMs)}`;
};

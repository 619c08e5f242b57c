// Judges a place where the fixed beginning of a key stands: reads a bounded stretch, lets only the formats of this beginning try, and
// gives the best that is no stand-in. docs/scanning.md §2.
import { compilePattern, literalPrefixOf } from '../../providers/pattern.ts';
import { isComposite } from '../../providers/take-apart.ts';
import type { UnknownMatch } from '../matching.ts';
import { beginsWithinBase64, beginsWithinWord, isCutOff, runsOn } from './boundaries.ts';
import { addressAt, isSomebodys } from './credentials.ts';
import type { Lead, Led } from './leads.ts';
import { isMadeUp, isPublished } from './no-key.ts';
import { textWindow } from './text-window.ts';

/** What is read before the value and behind it, for its boundaries. */
const margin = 16;

type Found = { readonly led: Led; readonly start: number; readonly end: number };

/** Value without its fixed beginning. */
const bodyOf = ({ format }: Led, value: string): string => {
  const prefix = literalPrefixOf(format.pattern);
  return value.startsWith(prefix) ? value.slice(prefix.length) : value;
};

const isKey = (led: Led, text: string, start: number, end: number): boolean => {
  const { format, provider } = led;
  const value = text.slice(start, end);
  if (isComposite(format)) {
    const address = addressAt(text, start);
    return address !== undefined && isSomebodys(address);
  }
  if (isCutOff(text, end) || runsOn(format, text, end)) return false;
  return !isMadeUp(bodyOf(led, value)) && !isPublished(provider, value);
};

/** The value of one format around the literal at `at`, in a text. */
const foundAt = (led: Led, text: string, at: number, { literal }: Lead): Found | undefined => {
  const { sticky } = compilePattern(led.format.pattern);
  for (const offset of led.offsets) {
    const start = at - offset;
    if (start < 0) return undefined;
    if ((literal.beginsWord || offset > 0) && beginsWithinWord(text, start)) continue;
    if (/^[0-9A-Za-z]+$/.test(literal.text) && beginsWithinBase64(text, start)) continue;
    sticky.lastIndex = start;
    if (!sticky.test(text)) continue;
    const end = sticky.lastIndex;
    if (end >= at + literal.text.length && isKey(led, text, start, end)) return { led, start, end };
  }
  return undefined;
};

/** As recognise.ts orders what it finds: the stated priority, the longer one, the name. */
const better = (left: Found, right: Found): number =>
  right.led.format.priority - left.led.format.priority ||
  right.end - left.end ||
  left.start - right.start ||
  (left.led.provider.id < right.led.provider.id ? -1 : 1);

/** How far a lead's values reach before and behind its literal. */
const reachOf = ({ led }: Lead): { readonly before: number; readonly behind: number } => ({
  before: Math.max(...led.flatMap(({ offsets }) => offsets)) + margin,
  behind: Math.max(...led.map(({ format }) => compilePattern(format.pattern).maxLength)) + margin,
});

const reaches = new WeakMap<Lead, ReturnType<typeof reachOf>>();

/**
 * Judges the place `at` of a lead's literal.
 * @param bytes may lie in shared memory
 */
export const judgeLed = (lead: Lead, bytes: Uint8Array, at: number): UnknownMatch | null => {
  const reach = reaches.get(lead) ?? reachOf(lead);
  reaches.set(lead, reach);
  const { text, from } = textWindow(bytes, at - reach.before, at + reach.behind);
  const [best] = lead.led
    .map((led) => foundAt(led, text, at - from, lead))
    .filter((found) => found !== undefined)
    .toSorted(better);
  if (best === undefined) return null;
  const { provider, format } = best.led;
  return {
    what: 'unknown',
    pattern: `${provider.id}/${format.id}`,
    start: from + best.start,
    end: from + best.end,
  };
};

// Reads a list of keys as an answer has it. Bounded; names and ids are cleaned, and what echoes a secret of ours is left out.
import { atPath, type Answer } from '../../ask/decide.ts';
import { cleanText, maxToldLength, redacted } from '../../ask/redact.ts';
import type { ProviderDefinition } from '../../provider.ts';
import type { RemoteEntry, RemoteList } from '../remote-port.ts';
import type { Listing, TurnWay } from '../turn-definition.ts';
import { isAt } from './hear.ts';
import { fitsHint } from './hint.ts';
import { asId, toldId } from './ids.ts';

const maxItems = 2_000;
const shortestSecret = 6;

/** An entry with what it was read from. */
export type ReadEntry = RemoteEntry & {
  /** The provider's own id, which may be a secret. */
  readonly rawId: string;
  readonly json: unknown;
};

export type ReadList = Omit<RemoteList, 'entries'> & { readonly entries: readonly ReadEntry[] };

export type ListContext = {
  readonly way: TurnWay;
  readonly listing: Listing;
  readonly definition: ProviderDefinition;
  /** Secrets of the old key. */
  readonly oldSecrets: readonly string[];
  /** Secrets of every key that is known here. */
  readonly secrets: readonly string[];
};

const isXml = ({ text }: Answer): boolean => text.trimStart().startsWith('<');

/** XML has no empty list: the element is empty, or not there. */
const itemsOf = ({ items }: Listing, answer: Answer): readonly unknown[] | undefined => {
  const found = atPath(answer.json, items);
  if (Array.isArray(found)) return found as readonly unknown[];
  return isXml(answer) && answer.json !== undefined && (found === undefined || found === '') ? [] : undefined;
};

/** Not cut out piece by piece, as words elsewhere: a name must stay the one by which a key is found. */
const textAt = (item: unknown, path: Listing['name'], secrets: readonly string[]): string => {
  const value = path === undefined ? undefined : atPath(item, path);
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const text = cleanText(String(value).slice(0, 2 * maxToldLength));
  return secrets.some((secret) => secret.length >= shortestSecret && text.includes(secret))
    ? redacted
    : text.slice(0, maxToldLength);
};

const readEntry = (item: unknown, context: ListContext): ReadEntry | undefined => {
  const { way, listing, definition, oldSecrets, secrets } = context;
  const rawId = asId(atPath(item, listing.id));
  if (rawId === undefined) return undefined;
  const isHandle = listing.idIsSecret === true;
  // Where ids are no secrets, one that holds a secret of ours is an echo.
  if (!isHandle && secrets.some((secret) => secret.length >= 8 && rawId.includes(secret))) return undefined;
  const { hint } = listing;
  const shown = hint === undefined ? undefined : atPath(item, hint.json);
  return {
    rawId,
    json: item,
    id: toldId(way, rawId),
    name: textAt(item, listing.name, secrets),
    createdAt: textAt(item, listing.createdAt, secrets),
    lastUsedAt: textAt(item, listing.lastUsedAt, secrets),
    fitsOld:
      isHandle && hint === undefined
        ? oldSecrets.includes(rawId)
        : hint === undefined
          ? null
          : fitsHint(definition, hint.how, shown, oldSecrets),
  };
};

const isWhole = ({ complete }: Listing, json: unknown, count: number): boolean => {
  if (typeof complete === 'boolean') return complete;
  return 'fewerThan' in complete ? count < complete.fewerThan : isAt(complete, json);
};

/** Undefined where the answer holds no list. An entry that cannot be read makes the list incomplete. */
export const readList = (context: ListContext, answer: Answer): ReadList | undefined => {
  const { listing } = context;
  const items = itemsOf(listing, answer);
  if (items === undefined) return undefined;
  const { only } = listing;
  const counted = items.slice(0, maxItems).filter((item) => only === undefined || isAt(only, item));
  const entries = counted.flatMap((item) => readEntry(item, context) ?? []);
  const max = listing.max === undefined ? undefined : Number(atPath(answer.json, listing.max));
  return {
    entries,
    max: max !== undefined && Number.isSafeInteger(max) && max > 0 ? max : null,
    complete:
      isWhole(listing, answer.json, items.length) &&
      items.length <= maxItems &&
      entries.length === counted.length,
  };
};

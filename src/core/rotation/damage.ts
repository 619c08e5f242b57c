// Leaked keys in the order of the damage they can do, each with why it stands there. docs/rotation.md §2.5.
import type { HeldKey } from '../keys/book.ts';
import type { ProviderDefinition } from '../providers/provider.ts';

export type Ranked = {
  readonly held: HeldKey;
  /** 1 is first. */ readonly rank: number;
  readonly why: string;
};

type Reason = { readonly weight: number; readonly words: string };

const kindReasons = { live: 4, unknown: 2, test: 0 } as const;

const accessOf = (
  { body }: HeldKey,
  provider: ProviderDefinition | undefined,
): 'full' | 'limited' | 'unknown' => {
  if (body.class === 'restricted' || body.class === 'read-only') return 'limited';
  const known = provider?.classes.find(({ id }) => id === body.class)?.access;
  if (known === 'full') return 'full';
  return known === 'limited' || known === 'read-only' ? 'limited' : 'unknown';
};

const accessReasons = { full: 2, unknown: 1, limited: 0 } as const;

/** Weights are apart so far that a lesser reason never outweighs a greater one, but for how widely a key was handed. */
const reasonsOf = (held: HeldKey, provider: ProviderDefinition | undefined): readonly Reason[] => {
  const { body } = held;
  const access = accessOf(held, provider);
  const places = body.consumers.length + body.environmentIds.length;
  return [
    {
      weight: body.movesMoney ? 1_000_000 : 0,
      words: body.movesMoney ? 'it can move money or spend credits' : '',
    },
    {
      weight: kindReasons[body.kind] * 100_000,
      words: { live: 'it is live', test: 'it is a test key', unknown: 'nobody said whether it is live' }[
        body.kind
      ],
    },
    {
      weight: accessReasons[access] * 10_000,
      words: { full: 'it may do everything', limited: 'what it may do is limited', unknown: '' }[access],
    },
    {
      weight: Math.min(places, 999),
      words:
        body.consumers.length === 0
          ? ''
          : `it was handed to ${String(body.consumers.length)} ${body.consumers.length === 1 ? 'party' : 'parties'}`,
    },
  ];
};

const sentence = (words: readonly string[]): string => {
  const text = words.filter((each) => each !== '').join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

/**
 * Sorts keys by the damage they can do, the worst first; equal ones by name.
 * @param providerOf definition of a key's provider, where it has one
 */
export const byDamage = (
  keys: readonly HeldKey[],
  providerOf: (held: HeldKey) => ProviderDefinition | undefined,
): readonly Ranked[] =>
  keys
    .map((held) => {
      const reasons = reasonsOf(held, providerOf(held));
      return { held, weight: reasons.reduce((sum, { weight }) => sum + weight, 0), reasons };
    })
    .sort(
      (left, right) => right.weight - left.weight || left.held.body.name.localeCompare(right.held.body.name),
    )
    .map(({ held, reasons }, index) => ({
      held,
      rank: index + 1,
      why: sentence(reasons.map(({ words }) => words)),
    }));

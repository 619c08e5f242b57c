// Third parties that a key is handed to. They issue nothing; they change what is right for the key: Integral wants the IP
// allowlist empty, which is otherwise worth a warning, and must be given every successor.
import type { KeyClass } from './provider.ts';

export type ConsumerDefinition = {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  /** Providers whose keys it takes. */
  readonly takes: readonly string[];
  /** The most that such a key may do. */
  readonly access: 'read-only' | 'any';
  /** Set where the allowlist must stay empty, with the reason to show and to write into the audit trail. */
  readonly emptyAllowlistReason: string | undefined;
  /** Where the value is pasted. */
  readonly pastePlace: string;
  readonly pasteRisk: string;
  /** The step that a rotation needs. */
  readonly rotationStep: string;
  /** The same for a person who does it: one hand's turn each, in the third party's own words. */
  readonly rotationSteps: readonly string[];
  /** What the successor must be, and what to do where it is not; undefined where any key will do. */
  readonly successorRule: string | undefined;
  readonly beforehand: readonly string[];
  readonly dataNote: string;
  readonly source: string;
  readonly verifiedOn: string;
};

export const integral: ConsumerDefinition = {
  id: 'integral',
  name: 'Integral',
  domain: 'integral.xyz',
  takes: ['circle-mint'],
  access: 'read-only',
  emptyAllowlistReason:
    'Integral calls Circle from addresses that it does not publish: its guide wants the list empty.',
  pastePlace: '+Wallets → search "Circle" → "Circle: API" → the search box → Sync',
  pasteRisk: 'The value goes into a search box: it could stay in a history. Copy it for a short time only.',
  rotationStep:
    'Paste the new key at Integral under +Wallets → "Circle: API", press Sync and see the balances.',
  rotationSteps: [
    'Copy the new key for a short time only.',
    'At Integral open +Wallets, search for "Circle" and choose "Circle: API".',
    'Paste the new key into the search box and press Sync.',
    'Clear the clipboard at once: the value went into a search box.',
    'See that wallets and newest transactions arrive, then say so here.',
  ],
  successorRule:
    'The new key must be read-only, with an empty IP allowlist. Where the account may read and write, ask your Circle representative for a read-only one; do not paste another.',
  beforehand: [
    'Circle Support enables the "Core Functionality API" (an agreement has to be signed).',
    'Where that API may read and write, or you are unsure: ask your Circle representative for a read-only key.',
    'Where it is read-only: create the key in the Circle app, with a nickname and an empty IP allowlist.',
  ],
  dataNote: 'Integral can read every transaction of the account.',
  source: 'Integral help page "Circle (API)" (seed 1)',
  verifiedOn: '2026-11-22',
};

export const builtInConsumers: readonly ConsumerDefinition[] = [integral];

/** A known consumer by id or name, without regard to case; undefined for any other. */
export const findConsumer = (name: string): ConsumerDefinition | undefined =>
  builtInConsumers.find((entry) => [entry.id, entry.name.toLowerCase()].includes(name.trim().toLowerCase()));

/** What a turn asks of a person for one who was handed the key. */
export type ConsumerWords = {
  readonly title: string;
  readonly detail: string;
  /** Why the new key must not go there; null where it may. */
  readonly problem: string | null;
};

const breaksRule = (
  { access, takes }: ConsumerDefinition,
  successor: { readonly provider: string; readonly access: KeyClass['access'] },
): boolean =>
  !takes.includes(successor.provider) || (access === 'read-only' && successor.access !== 'read-only');

/**
 * Words of the task that gives a consumer the new key: a known one's own steps and rule, a plain sentence for any other.
 * @param purpose what the key was handed over for; may be empty
 * @param successor provider and access of the new key; unknown access counts as too much where a rule wants read-only
 */
export const consumerWords = (
  name: string,
  purpose: string,
  successor: { readonly provider: string; readonly access: KeyClass['access'] },
): ConsumerWords => {
  const consumer = findConsumer(name);
  const forWhat = purpose === '' ? '' : ` It has the old one for: ${purpose}.`;
  if (consumer === undefined)
    return {
      title: `Give ${name} the new key`.slice(0, 300),
      detail: `Hand it over as before, and hear from ${name} that it works.${forWhat}`.slice(0, 2_000),
      problem: null,
    };
  const steps = consumer.rotationSteps.map((step, index) => `${String(index + 1)}. ${step}`).join('\n');
  const rule = consumer.successorRule === undefined ? '' : `\n${consumer.successorRule}`;
  return {
    title: `Paste the new key at ${consumer.name}`,
    detail: `${steps}${rule}${forWhat}`.slice(0, 2_000),
    problem: breaksRule(consumer, successor)
      ? `${consumer.name} takes ${consumer.access === 'read-only' ? 'read-only keys' : 'keys'} of ${consumer.takes.join(' or ')} alone. ${consumer.successorRule ?? ''}`.trim()
      : null,
  };
};

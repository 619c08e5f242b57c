// Third parties that a key is handed to. They issue nothing; they change what is right for the key: Integral wants the IP
// allowlist empty, which is otherwise worth a warning, and must be given every successor.

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

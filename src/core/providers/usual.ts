// What many providers have in common, so that a provider file says only what is its own: the bearer header, the last rows of
// a decision table, the order of the steps of a rotation. Gives data; nothing here looks at a key.
import type { AuthScheme, DecisionRow } from './asking.ts';
import { exactly, keyKinds, literal, type KeyKind, type Part } from './format.ts';
import type { Fact, FieldDefinition, Portal } from './provider.ts';
import type { RotationStep } from './rotating.ts';

/** For what a provider does not part into live and test. */
export const everyKind: readonly KeyKind[] = keyKinds;

/** `Authorization: Bearer KEY`, the key being in a field of another name. */
export const bearerOf = (field: string): AuthScheme => ({
  places: [{ in: 'header', name: 'Authorization', prefix: 'Bearer ', field, required: true }],
});

/** `Authorization: Bearer KEY`. */
export const bearer: AuthScheme = bearerOf('secret');

/** The key in a header of the provider's own, as it is. */
export const ownHeader = (name: string, field = 'secret'): AuthScheme => ({
  places: [{ in: 'header', name, prefix: '', field, required: true }],
});

/** The only field of a key that is one value. */
export const secretField = (
  field: Pick<FieldDefinition, 'label' | 'variable' | 'labels'> & Partial<FieldDefinition>,
): FieldDefinition => ({ name: 'secret', secret: true, required: true, ...field });

/** A page for keys of every kind. */
export const portalFor = (environment: string, url: string, path: string): Portal => ({
  environment,
  kinds: everyKind,
  url,
  path,
});

/** The rows that end nearly every decision table: asked too often, and an answer that says nothing about the key. */
export const lastRows = (name: string): readonly DecisionRow[] => [
  {
    status: 429,
    state: 'unreachable',
    reason: `Too many requests: ${name} asks to wait. This says nothing about the key.`,
    next: 'Check again after the time it names.',
  },
  {
    state: 'unreachable',
    reason: `${name} gave no answer that says anything about the key.`,
    next: 'Check again later; your key is unchanged.',
  },
];

/** An answer that says that the key works. */
export const worksRow = (reason: string, more: Partial<DecisionRow> = {}): DecisionRow => ({
  status: 200,
  state: 'valid',
  reason,
  next: 'Nothing to do.',
  ...more,
});

/** Create, verify, give out, test, revoke, prove: what differs is where and what it is called. */
export const usualSteps = (steps: {
  readonly prepare?: string;
  readonly create: string;
  readonly verify?: string;
  readonly revoke: string;
  readonly prove: string;
}): readonly RotationStep[] => [
  ...(steps.prepare === undefined ? [] : [{ id: 'prepare', text: steps.prepare } as const]),
  { id: 'create', text: steps.create },
  { id: 'verify', text: steps.verify ?? 'Paste it here; Keyturn checks its form and asks the provider.' },
  { id: 'distribute', text: 'Give it to every environment and consumer of the old one.' },
  { id: 'test', text: 'See that they work with the new key.' },
  { id: 'revoke', text: steps.revoke },
  { id: 'prove', text: steps.prove },
];

type FactLine = readonly [id: string, text: string, source: string, certainty?: 'uncertain'];

/** Facts that were read on one day. `uncertain`: sources contradict each other, or no official page says it. */
export const factsOf = (verifiedOn: string, lines: readonly FactLine[]): readonly Fact[] =>
  lines.map(([id, text, source, certainty]) => ({
    id,
    text,
    source,
    verifiedOn,
    ...(certainty === undefined ? {} : { uncertain: true }),
  }));

/** 8-4-4-4-12 small hex digits. */
export const uuidParts: readonly Part[] = [
  exactly(8, 'hex'),
  literal('-'),
  exactly(4, 'hex'),
  literal('-'),
  exactly(4, 'hex'),
  literal('-'),
  exactly(4, 'hex'),
  literal('-'),
  exactly(12, 'hex'),
];

// The one way a provider file states its provider: filled with the defaults of an ordinary one, checked, and frozen. A
// wrong built-in definition is a bug and stops the program at load, where the author sees it at once.
import type { ProviderDefinition } from './provider.ts';
import type { KeyFormat } from './format.ts';
import { literalPrefixOf } from './pattern.ts';
import { validateProvider } from './validate-provider.ts';

type FormatDefaults = Pick<
  KeyFormat,
  'field' | 'sensitivity' | 'publicLength' | 'maskLength' | 'priority' | 'rightBoundary'
>;
/** A format as its author writes it: what is left out takes an ordinary, cautious value. */
export type FormatInput = Omit<KeyFormat, keyof FormatDefaults> & Partial<FormatDefaults>;

type ProviderDefaults = Pick<
  ProviderDefinition,
  | 'otherNames'
  | 'nearNames'
  | 'hosts'
  | 'apiBases'
  | 'settings'
  | 'selfHosted'
  | 'limits'
  | 'quotaPools'
  | 'reveal'
  | 'editable'
  | 'expiry'
  | 'classes'
  | 'classRules'
  | 'ipAllowlist'
  | 'lifecycle'
  | 'publishedSamples'
>;
/** A provider as its file writes it. */
export type ProviderInput = Omit<ProviderDefinition, keyof ProviderDefaults | 'formats'> &
  Partial<ProviderDefaults> & { readonly formats: readonly FormatInput[] };

const ordinary: ProviderDefaults = {
  otherNames: [],
  nearNames: [],
  hosts: [],
  apiBases: [],
  settings: [],
  selfHosted: false,
  limits: [],
  quotaPools: {},
  reveal: { live: 'unknown', test: 'unknown', unknown: 'unknown' },
  editable: [],
  expiry: { rule: 'unknown' },
  classes: [],
  classRules: [],
  ipAllowlist: { supported: false, warnWhenEmpty: [] },
  lifecycle: [],
  publishedSamples: [],
};

const completeFormat = (input: FormatInput): KeyFormat => {
  const publicLength = input.publicLength ?? literalPrefixOf(input.pattern).length;
  return {
    field: 'secret',
    sensitivity: 'secret',
    publicLength,
    maskLength: publicLength,
    priority: 0,
    rightBoundary: true,
    ...input,
  };
};

/** Freezes a value and everything in it. */
export const freezeDeep = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freezeDeep);
  }
  return value;
};

/** Nothing changes a definition once it is stated. */
export const freezeDefinition = (definition: ProviderDefinition): ProviderDefinition =>
  freezeDeep(definition);

/** Fills in the defaults without judging the result; for definitions that are validated apart. */
export const completeProvider = (input: ProviderInput): ProviderDefinition => ({
  ...ordinary,
  ...input,
  formats: input.formats.map(completeFormat),
});

/**
 * States a built-in provider.
 * @throws Error naming every problem, since a wrong built-in file is a bug
 */
export const defineProvider = (input: ProviderInput): ProviderDefinition => {
  const definition = completeProvider(input);
  const problems = validateProvider(definition);
  if (problems.length > 0) throw new Error(`provider ${input.id}: ${problems.join('; ')}`);
  return freezeDeep(definition);
};

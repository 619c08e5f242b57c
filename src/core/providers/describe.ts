// A provider file in words: everything it says, for a page that a person reads. Nothing here decides anything.
import type { CheckFacts, CheckRequest, DecisionRow, Telling } from './asking.ts';
import type { KeyFormat } from './format.ts';
import { formInWords } from './malformed.ts';
import type { ExpiryRule, Fact, ProviderDefinition } from './provider.ts';

const costWords: Readonly<Record<CheckRequest['cost'], string>> = {
  none: 'costs nothing',
  quota: 'counts against your quota',
  credits: 'costs credits',
  session: 'makes a short-lived token, which is discarded at once',
};

/** What asking costs, in words. */
export const costInWords = (cost: CheckRequest['cost']): string => costWords[cost];

/** `GET https://api.example.com/v1/me (production; costs nothing)`. Names in braces stay: nothing secret stands in it. */
export const requestInWords = ({ method, url, environment, protocol, cost }: CheckRequest): string =>
  `${protocol === undefined || protocol === 'http' ? method : 'Log in to'} ${url} (${environment}; ${costInWords(cost)})`;

const placeInWords = (path: readonly (string | number)[]): string =>
  path.map((step) => (typeof step === 'number' ? `[${String(step)}]` : step)).join('.');

const statusInWords = ({ status, statusFrom, statusTo }: DecisionRow): readonly string[] => {
  if (status !== undefined) return [`status ${String(status)}`];
  if (statusFrom !== undefined && statusTo !== undefined)
    return [`status ${String(statusFrom)} to ${String(statusTo)}`];
  if (statusFrom !== undefined) return [`status ${String(statusFrom)} or more`];
  return statusTo === undefined ? [] : [`status ${String(statusTo)} or less`];
};

/** When a row fits: `status 401, the body says "Malformed"`. */
export const conditionInWords = (row: DecisionRow): string => {
  const { json, header, otherClaim } = row;
  const parts = [
    ...(row.request === undefined ? [] : [`answer to "${row.request}"`]),
    ...statusInWords(row),
    ...(row.bodyHas === undefined ? [] : [`the body says "${row.bodyHas}"`]),
    ...(json === undefined
      ? []
      : [`${placeInWords(json.path)} is ${json.is === undefined ? 'there' : JSON.stringify(json.is)}`]),
    ...(header === undefined
      ? []
      : [`header ${header.name} ${header.has === undefined ? 'is there' : `says "${header.has}"`}`]),
    ...(otherClaim === undefined
      ? []
      : [`the token at ${placeInWords(otherClaim.json)} is for another ${otherClaim.field}`]),
  ];
  return parts.length === 0 ? 'anything else' : parts.join(', ');
};

const factWords: Readonly<Record<Telling['fact'], string>> = {
  expiresAt: 'when it expires',
  createdAt: 'when it was created',
  lastUsedAt: 'when it was last used',
  scopes: 'what it may do',
  owner: 'whose it is',
  account: 'the account',
  organisation: 'the organisation',
  name: 'its name',
  quota: 'the quota',
};

/** What answers tell besides yes or no. */
export const tellsInWords = (check: CheckFacts): string[] =>
  check.possible ? [...new Set((check.tells ?? []).map(({ fact }) => factWords[fact]))] : [];

/** Whether it can rotate keys: by its own call with another key, with the key itself, or by hand with guidance. */
export const rotationMode = ({ rotation }: ProviderDefinition): 'api' | 'self' | 'guided' => rotation.mode;

export const expiryInWords = (rule: ExpiryRule): string => {
  if (rule.rule === 'none') return 'Keys do not expire.';
  if (rule.rule === 'unknown') return 'Whether keys expire is not known.';
  if (rule.rule === 'editable')
    return `${rule.required ? 'Keys have an expiry' : 'Keys may have an expiry'}, and it can be changed.`;
  const months = [
    ...(rule.defaultMonths === undefined
      ? []
      : [`${String(rule.defaultMonths)} months unless chosen otherwise`]),
    ...(rule.maxMonths === undefined ? [] : [`at most ${String(rule.maxMonths)} months`]),
  ];
  const span = months.length === 0 ? '' : ` (${months.join(', ')})`;
  return `The expiry is ${rule.required ? 'chosen' : 'optional, and chosen'} when the key is created${span}. ${rule.prolong}`;
};

const revealWords = {
  once: 'is shown once, when it is created',
  again: 'can be looked at again in the portal',
  unknown: 'may or may not be shown again',
} as const;

const kindWords = { live: 'A live key', test: 'A test key', unknown: 'A key' } as const;

/** One sentence where all kinds are alike. */
export const revealInWords = ({ reveal }: ProviderDefinition): string[] => {
  const rules = [...new Set(Object.values(reveal))];
  const [only] = rules;
  if (rules.length === 1 && only !== undefined) return [`${kindWords.unknown} ${revealWords[only]}.`];
  return (['live', 'test'] as const).map((kind) => `${kindWords[kind]} ${revealWords[reveal[kind]]}.`);
};

export const limitInWords = ({ max, per, approximate }: ProviderDefinition['limits'][number]): string =>
  `At most ${approximate ? 'about ' : ''}${String(max)} keys per ${per}.`;

export const formatInWords = (
  format: KeyFormat,
): { label: string; kind: KeyFormat['kind']; looks: string; sure: boolean } => ({
  label: format.label,
  kind: format.kind,
  looks: formInWords(format),
  sure: format.match === 'prefix',
});

/** Half a year: after that a fact is looked at again before anybody relies on it. Portals and forms change within one. */
const oldAfterDays = 183;

/** @param today YYYY-MM-DD */
export const isOld = (verifiedOn: string, today: string): boolean =>
  Date.parse(today) - Date.parse(verifiedOn) > oldAfterDays * 86_400_000;

/** The day on which a provider was last looked at. */
export const newestFact = (facts: readonly Fact[]): string =>
  facts.reduce((newest, { verifiedOn }) => (verifiedOn > newest ? verifiedOn : newest), '0000-00-00');

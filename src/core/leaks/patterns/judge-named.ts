// Values without a fixed beginning: taken for a provider's where their name says so and the form fits, else by the generic rule, if
// that is on. Called where a word such as `token` stands and src/engine/prefixes.ts saw a value behind it.
import { plainName } from '../../providers/assignments.ts';
import { hintedField } from '../../providers/find-shaped.ts';
import type { KeyFormat } from '../../providers/format.ts';
import { compilePattern, fitsFormat, literalPrefixOf } from '../../providers/pattern.ts';
import type { ProviderDefinition } from '../../providers/provider.ts';
import type { UnknownMatch } from '../matching.ts';
import { namedValueAt, type NamedValue } from './assignment-at.ts';
import { isCutOff } from './boundaries.ts';
import { isGenericSecret, isSecretValue } from './generic.ts';
import { isLed } from './leads.ts';
import { isMadeUp, isPublished } from './no-key.ts';
import { textWindow } from './text-window.ts';

/** How a generic finding is called. */
export const genericPattern = 'generic';

const before = 400;
const behind = 800;

type Shape = { readonly provider: ProviderDefinition; readonly format: KeyFormat };

/** Of these the value alone says nothing at all. */
const isVague = ({ pattern }: KeyFormat): boolean => {
  const { minLength, maxLength } = compilePattern(pattern);
  return maxLength - minLength > 200;
};

const shapesOf = (catalogue: readonly ProviderDefinition[]): readonly Shape[] =>
  catalogue.flatMap((provider) =>
    provider.formats
      .filter(
        (format) =>
          format.sensitivity === 'secret' &&
          format.document !== true &&
          (format.match === 'shape' ||
            (isLed(format) && compilePattern(format.pattern).anchors.every(({ text }) => text.length < 2))),
      )
      .map((format) => ({ provider, format })),
  );

/** What is public by its name, though of the same form. */
const publicName =
  /(?:^|[_-])(?:anon|publishable|public|search|app_?id|account_?sid|key_?id|access_?key_?id)(?:[_-]|$)|(?:anon|publishable|public|search)_?key$/i;

/** True where a value of a public form stands, its name being part of it or not: `pk_live_…`, `TEST_CLIENT_KEY:…`. */
const createPublicTest = (catalogue: readonly ProviderDefinition[]) => {
  const forms = catalogue
    .flatMap(({ formats }) => formats)
    .filter(({ match, sensitivity }) => match === 'prefix' && sensitivity !== 'secret')
    .map(({ pattern }) => compilePattern(pattern).sticky);
  return (text: string, { nameStart, start }: NamedValue): boolean =>
    forms.some((form) =>
      [nameStart, start].some((at) => {
        form.lastIndex = at;
        return form.test(text);
      }),
    );
};

/** Names are few and stand before many values. */
const mostRemembered = 4096;

export type NamedJudge = (bytes: Uint8Array, at: number, wordLength: number) => UnknownMatch | null;

/** A label of so many letters that only one provider has says enough without more: `secret_access_key`. */
const tellingLabel = 15;

const tellingLabels = (catalogue: readonly ProviderDefinition[]): ReadonlyMap<string, string> => {
  const owners = new Map<string, Set<string>>();
  for (const { id, fields } of catalogue)
    for (const label of fields.flatMap(({ labels }) => labels.map(plainName)))
      owners.set(label, (owners.get(label) ?? new Set()).add(id));
  return new Map(
    [...owners]
      .filter(([label, ids]) => label.length >= tellingLabel && ids.size === 1)
      .map(([label, ids]) => [label, [...ids][0] ?? '']),
  );
};

/** What stands near a provider's values: its hosts, and the beginnings of its public ids, such as AWS's. */
const signsOf = (provider: ProviderDefinition): readonly string[] => [
  ...provider.hosts,
  ...provider.formats
    .filter(({ sensitivity, match }) => sensitivity === 'identifier' && match === 'prefix')
    .map(({ pattern }) => literalPrefixOf(pattern))
    .filter((prefix) => prefix.length >= shortestSign),
];
const shortestSign = 4;

/** Whether a name speaks of a provider's field; `near` where a host of the provider stands close by. */
const createHints = (catalogue: readonly ProviderDefinition[], shapes: readonly Shape[]) => {
  const telling = tellingLabels(catalogue);
  const remembered = new Map<string, readonly Shape[]>();
  return ({ name, plain }: NamedValue, near: (provider: ProviderDefinition) => boolean): readonly Shape[] => {
    const trusted = shapes
      .filter(({ provider }) => near(provider) || telling.get(plain) === provider.id)
      .map(({ provider }) => provider.id);
    const key = `${name} ${trusted.join(' ')}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    if (remembered.size >= mostRemembered) remembered.clear();
    const fresh = publicName.test(name)
      ? []
      : shapes.filter(
          ({ provider, format }) =>
            hintedField(provider, { name, plain }, trusted.includes(provider.id)) === format.field,
        );
    remembered.set(key, fresh);
    return fresh;
  };
};

/** Judges the word at `at`; generic findings only where asked for. */
export const createNamedJudge = (catalogue: readonly ProviderDefinition[], generic: boolean): NamedJudge => {
  const shapes = shapesOf(catalogue);
  const hintsFor = createHints(catalogue, shapes);
  const isPublic = createPublicTest(catalogue);
  const signs = new Map(
    [...new Set(shapes.map(({ provider }) => provider))].map((each) => [each, signsOf(each)]),
  );
  return (bytes, at, wordLength) => {
    const { text, from } = textWindow(bytes, at - before, at + behind);
    const named = namedValueAt(text, at - from, at - from + wordLength);
    if (named === undefined || isCutOff(text, named.end)) return null;
    const value = text.slice(named.start, named.end);
    const hinted = hintsFor(
      named,
      (provider) => signs.get(provider)?.some((sign) => text.includes(sign)) === true,
    );
    const shape = hinted.find(
      ({ provider, format }) =>
        fitsFormat(format, value) &&
        (isVague(format) ? isSecretValue(value) : !isMadeUp(value)) &&
        !isPublished(provider, value),
    );
    const pattern =
      shape !== undefined
        ? `${shape.provider.id}/${shape.format.id}`
        : generic && isGenericSecret(text, named) && !isPublic(text, named)
          ? genericPattern
          : null;
    return pattern === null
      ? null
      : { what: 'unknown', pattern, start: from + named.start, end: from + named.end };
  };
};

// Judges one variable of a `.env` file by itself: a key of a provider, a secret of nobody known, a setting, or nothing worth
// keeping. Knows nothing of its neighbours; group-fields.ts does.
import type { DotenvEntry } from '../delivery/dotenv-document.ts';
import type { ProviderDefinition } from '../providers/provider.ts';
import type { Candidate, Recognition } from '../providers/recognition.ts';
import type { JudgedEntry, PreviewJudge, PreviewWarning } from './preview-types.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A value that is one reference to another variable and nothing else. */
const reference = /^\$(?:\{[A-Za-z_][^{}]{0,200}\}|[A-Za-z_]\w{0,100})$/;

const fills = (candidate: Candidate, text: string): boolean => {
  const range = candidate.fields[0]?.range;
  return (
    range !== undefined && text.slice(0, range.start).trim() === '' && text.slice(range.end).trim() === ''
  );
};

const nameOf = (providers: readonly ProviderDefinition[], id: string): string =>
  providers.find((provider) => provider.id === id)?.name ?? id;

const entryWarnings = (entry: DotenvEntry, earlier: number, unclosed: boolean): readonly PreviewWarning[] => {
  const warnings: PreviewWarning[] = [];
  if (earlier > 0)
    warnings.push({
      code: 'duplicate',
      message: `The file names ${entry.name} ${earlier + 1} times; the last one counts, as it does for dotenv.`,
    });
  if (entry.interpolated)
    warnings.push({
      code: 'interpolated',
      message: 'The value refers to another variable with $; it is kept as it stands.',
    });
  if (unclosed)
    warnings.push({ code: 'unclosed-quote', message: 'The value begins with a quote that is never closed.' });
  return warnings;
};

type Base = Pick<JudgedEntry, 'entry' | 'text' | 'kind' | 'provider' | 'field' | 'warnings'>;

const recognised = (judge: PreviewJudge, base: Base, candidate: Candidate): JudgedEntry => {
  const provider = nameOf(judge.providers, candidate.provider);
  if (candidate.publishedSample)
    return {
      ...base,
      treatedAs: 'skip',
      reason: `It is the sample from ${provider}'s documentation: nobody's key.`,
    };
  const possible: readonly PreviewWarning[] =
    candidate.confidence === 'certain'
      ? []
      : [
          {
            code: 'possible',
            message: `It is taken for ${provider} by the variable's name alone: check that it is.`,
          },
        ];
  const malformed = candidate.malformed.map(({ message }): PreviewWarning => ({
    code: 'malformed',
    message,
  }));
  return {
    ...base,
    treatedAs: 'key',
    reason:
      candidate.confidence === 'certain'
        ? `It is a value of ${provider}.`
        : `It may be a value of ${provider}.`,
    provider: candidate.provider,
    kind: candidate.kind,
    field: candidate.fields[0]?.name ?? 'secret',
    warnings: [...base.warnings, ...possible, ...malformed],
  };
};

const withKeyInside = (judge: PreviewJudge, base: Base, candidate: Candidate): JudgedEntry => ({
  ...base,
  treatedAs: 'key',
  reason: `A key of ${nameOf(judge.providers, candidate.provider)} stands inside it.`,
  kind: candidate.kind,
  field: 'secret',
  warnings: [
    ...base.warnings,
    { code: 'embedded', message: 'A key stands inside a longer text; the whole text is kept as one secret.' },
  ],
});

const classified = (judge: PreviewJudge, base: Base, text: string): JudgedEntry => {
  if (reference.test(text))
    return {
      ...base,
      treatedAs: 'variable',
      reason: 'It refers to another variable; it is kept as it stands.',
    };
  const { class: found, reason } = judge.classify(base.entry.name, text);
  if (found === 'placeholder') return { ...base, treatedAs: 'skip', reason };
  return found === 'plain'
    ? { ...base, treatedAs: 'variable', reason }
    : { ...base, treatedAs: 'key', reason, field: 'secret' };
};

const certainOf = (recognition: Recognition): Candidate | undefined =>
  recognition.candidates.find(({ confidence }) => confidence === 'certain');

/**
 * Judges one entry.
 * @param earlier how many entries of the same name stand before it
 * @param unclosed whether its quote is never closed
 */
export const judgeEntry = (
  judge: PreviewJudge,
  entry: DotenvEntry,
  earlier: number,
  unclosed: boolean,
): JudgedEntry => {
  const warnings = entryWarnings(entry, earlier, unclosed);
  const nothing = { entry, kind: 'unknown', provider: null, field: null, warnings } as const;
  if (!entry.text)
    return {
      ...nothing,
      text: null,
      treatedAs: 'skip',
      reason: 'Its value is not UTF-8 text, which Keyturn cannot keep.',
    };
  const text = entry.value.use((bytes) => decoder.decode(bytes));
  const base = { ...nothing, text };
  const recognition = judge.recognise(text, { variable: entry.name });
  const whole = recognition.candidates.find((candidate) => fills(candidate, text));
  if (whole !== undefined) return recognised(judge, base, whole);
  const inside = certainOf(recognition);
  if (inside !== undefined && !inside.publishedSample) return withKeyInside(judge, base, inside);
  return classified(judge, base, text);
};

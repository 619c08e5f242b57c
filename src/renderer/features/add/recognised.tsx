// What was recognised in a paste, said in a sentence, and the way to say otherwise.
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { choicesOf, kindWords } from '../../lib/fact-words.ts';
import type { Draft, ProviderView } from '../../lib/types.ts';
import { Field } from '../../ui/field.tsx';
import { ProviderTile } from '../../ui/provider-tile.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select, type Choice } from '../../ui/select.tsx';
import { keysStore } from '../keys/store.ts';
import type { DraftWork } from './use-draft.ts';
import styles from './recognised.module.css';

export const nobody = '-';

const choice = (provider: ProviderView, note: string): Choice<string> => ({
  value: provider.id,
  label: provider.name,
  note: note === '' ? provider.domain : `${provider.domain} · ${note}`,
  before: <ProviderTile provider={provider} />,
});

/** Candidates first, then every known provider, then none. */
export const providerChoices = (
  candidates: Draft['candidates'],
  providers: Iterable<ProviderView>,
): readonly Choice<string>[] => {
  const certain = new Map(candidates.map((each) => [each.provider.id, each]));
  const others = [...providers].filter(({ id }) => !certain.has(id));
  return [
    ...[...certain.values()].map((each) =>
      choice(each.provider, each.confidence === 'certain' ? 'recognised' : 'perhaps'),
    ),
    ...others.map((provider) => choice(provider, '')),
    { value: nobody, label: 'Another provider', before: <ProviderTile provider={null} /> },
  ];
};

/** What was recognised, in a sentence. */
export const recognisedWords = (draft: Draft, name: string | undefined): string => {
  if (draft.chosen === null || name === undefined) {
    return draft.candidates.length > 0
      ? 'It could belong to several. Choose one.'
      : 'Not recognised. Choose whose it is.';
  }
  const certain = draft.candidates.some(
    (each) => each.provider.id === draft.chosen && each.confidence === 'certain',
  );
  const kind = draft.kind === 'unknown' ? 'a key' : `a ${draft.kind} key`;
  return certain ? `Recognised: ${kind} of ${name}.` : `Taken as ${kind} of ${name}.`;
};

export const Recognised = ({
  draft,
  work,
}: {
  readonly draft: Draft;
  readonly work: DraftWork;
}): ReactNode => {
  const providers = useStore(keysStore, (store) => store.providers);
  const known = draft.candidates.find((each) => each.provider.id === draft.chosen)?.provider;
  const provider = known ?? (draft.chosen === null ? undefined : providers.get(draft.chosen));
  const anyFilled = draft.fields.some((field) => field.filled);
  return (
    <>
      {anyFilled ? (
        <div className={styles.sentence} role="status">
          <ProviderTile provider={provider ?? null} size="large" />
          <div>
            <p className={styles.words}>{recognisedWords(draft, provider?.name)}</p>
            <p className={styles.domain}>
              {provider === undefined ? 'You can keep it without a provider.' : provider.domain}
            </p>
          </div>
        </div>
      ) : null}
      <div className={styles.row}>
        <Field label="Provider">
          {(ids) => (
            <Select
              {...ids}
              value={draft.chosen ?? nobody}
              choices={providerChoices(draft.candidates, providers.values())}
              onChange={(value) => work.chooseProvider(value === nobody ? null : value)}
            />
          )}
        </Field>
        <div className={styles.kind}>
          <span className={styles.kindLabel} aria-hidden="true">
            Kind
          </span>
          <Segmented
            label="Kind"
            value={draft.kind}
            choices={choicesOf(kindWords)}
            onChange={(kind) => work.chooseProvider(draft.chosen, kind)}
          />
        </div>
      </div>
    </>
  );
};

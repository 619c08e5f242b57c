// How a provider is reached from here: a base URL of one's own (a self-hosted installation), and what its check needs to know.
import { useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { call } from '../../lib/call.ts';
import type { ProviderPage } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { sayDone } from '../../ui/toast-store.ts';
import { readKeysSoon } from '../keys/store.ts';
import { addressProblem } from './address.ts';
import styles from './provider-page.module.css';

type Values = Readonly<Record<string, string>>;

const startOf = (page: ProviderPage): Values =>
  Object.fromEntries(page.settings.map(({ name, value }) => [name, value ?? '']));

/** What was emptied is taken away, so that the usual value counts again. */
const toSend = (values: Values): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.trim() === '' ? null : value.trim()]),
  );

export const ConfigureForm = ({ page }: { readonly page: ProviderPage }): ReactNode => {
  const [baseUrl, setBaseUrl] = useState(page.baseUrl ?? '');
  const [values, setValues] = useState(() => startOf(page));
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const problem = addressProblem(baseUrl);
  const save = async (): Promise<void> => {
    setBusy(true);
    const result = await call('providers.configure', {
      id: page.entry.id,
      baseUrl: baseUrl.trim() === '' ? null : baseUrl.trim(),
      ...(page.settings.length === 0 ? {} : { values: toSend(values) }),
    });
    setBusy(false);
    setError(result.ok ? null : result.error);
    if (!result.ok) return;
    readKeysSoon();
    sayDone(`${page.entry.name} is set up.`);
  };
  if (!page.check.possible && page.settings.length === 0) return null;
  return (
    <section aria-label="How it is reached">
      <h2 className={styles.title}>How it is reached from here</h2>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (problem === null) void save();
        }}
      >
        <Field
          label="Base URL of your own"
          help="For a self-hosted installation. Empty: the provider’s own address."
          error={problem ?? undefined}
        >
          {(ids) => (
            <TextInput
              {...ids}
              mono
              inputMode="url"
              placeholder="https://"
              maxLength={2_000}
              value={baseUrl}
              onChange={(event) => setBaseUrl(event.currentTarget.value)}
            />
          )}
        </Field>
        {page.settings.map(({ name, label, help, usual }) => (
          <Field key={name} label={label} help={help}>
            {(ids) => (
              <TextInput
                {...ids}
                maxLength={500}
                placeholder={usual ?? ''}
                value={values[name] ?? ''}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setValues((before) => ({ ...before, [name]: value }));
                }}
              />
            )}
          </Field>
        ))}
        <ErrorNote error={error} />
        <div>
          <Button type="submit" busy={busy} disabled={problem !== null}>
            Save
          </Button>
        </div>
      </form>
    </section>
  );
};

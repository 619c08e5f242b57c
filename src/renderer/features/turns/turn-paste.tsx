// The new value of a guided turn: pasted into a draft, recognised before it is used, and then kept by the turn. The window never has it.
import { ClipboardPaste } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { call } from '../../lib/call.ts';
import type { Draft, TurnView } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { Warnings } from '../add/add-form.tsx';
import { DraftFields } from '../add/draft-fields.tsx';
import { recognisedWords } from '../add/recognised.tsx';
import { useDraft } from '../add/use-draft.ts';
import { readKeysSoon } from '../keys/store.ts';
import styles from './turn-view.module.css';

/** A pasted text that is certainly somebody else's. */
const stranger = ({ candidates }: Draft, provider: string | null): string | undefined => {
  const certain = candidates.filter(({ confidence }) => confidence === 'certain');
  return certain.some((each) => each.provider.id === provider) ? undefined : certain[0]?.provider.name;
};

export const TurnPaste = ({ turn }: { readonly turn: TurnView }): ReactNode => {
  const work = useDraft(turn.provider);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const { draft } = work;
  const ready = draft !== null && draft.fields.some(({ filled }) => filled);
  const other = draft === null ? undefined : stranger(draft, turn.provider);
  const keep = async (): Promise<void> => {
    if (draft === null || !ready) return;
    setBusy(true);
    // One that was pasted again may still be on its way.
    const whole = await work.settled();
    const result =
      whole === null ? null : await call('rotation.paste', { id: turn.id, draftId: whole.draftId });
    setBusy(false);
    if (result === null) return;
    if (!result.ok) {
      setError(result.error);
      return;
    }
    work.spend();
    readKeysSoon();
  };
  const paste = (): void => {
    setError(null);
    work.paste();
  };
  return (
    <form
      className={styles.paste}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      {draft === null ? null : (
        <>
          {ready ? (
            <p className={styles.recognised} role="status">
              {recognisedWords(draft, turn.provider === null ? undefined : turn.providerName)}
            </p>
          ) : null}
          {other === undefined ? null : (
            <Note severity="warning" next={`This turn is about a key of ${turn.providerName}.`}>
              This looks like a key of {other}.
            </Note>
          )}
          <DraftFields work={work} fields={draft.fields} variables={{}} onVariables={null} />
          <Warnings warnings={ready ? draft.warnings : []} />
        </>
      )}
      <ErrorNote error={work.error ?? error} />
      <div className={styles.row}>
        {ready ? (
          <Button tone="primary" type="submit" busy={busy}>
            Keep it and test it
          </Button>
        ) : (
          <Button tone="primary" icon={ClipboardPaste} onClick={paste}>
            Paste the new key
          </Button>
        )}
        {draft === null ? (
          <Button tone="quiet" onClick={() => work.beginEmpty(turn.provider)}>
            Type it instead
          </Button>
        ) : (
          <Button icon={ClipboardPaste} onClick={paste}>
            Paste again
          </Button>
        )}
      </div>
    </form>
  );
};

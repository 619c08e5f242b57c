// Accepting a place: why, and until when. It opens again by itself; nothing is accepted for ever.
import { useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay } from '../../app/app-store.ts';
import { today } from '../../lib/time-words.ts';
import type { FindingView } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { ownerName, shortPath } from './leak-words.ts';
import { useFinding } from './use-leaks.ts';
import { accept } from './scan-acts.ts';

const dayMs = 86_400_000;
const usualDays = 90;
const leastReason = 3;

const Form = ({ finding }: { readonly finding: FindingView }): ReactNode => {
  const now = useNow(60_000);
  const [reason, setReason] = useState('');
  const [day, setDay] = useState(() => today(Date.now() + usualDays * dayMs));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const untilMs = new Date(`${day}T23:59:59`).getTime();
  const ready = reason.trim().length >= leastReason && Number.isFinite(untilMs) && untilMs > now;
  const submit = async (): Promise<void> => {
    if (!ready) return;
    setBusy(true);
    const result = await accept(finding, reason.trim(), untilMs);
    setBusy(false);
    if (result.ok) closeOverlay();
    else setError(result.error);
  };
  return (
    <Dialog
      title="Accept this place"
      description={`${ownerName(finding)} in ${shortPath(finding.place)}`}
      size="small"
      onClose={closeOverlay}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button tone="primary" type="submit" busy={busy} disabled={!ready}>
            Accept it
          </Button>
        </>
      }
    >
      {finding.severity === 'critical' || finding.severity === 'high' ? (
        <Note severity="warning">
          It is {finding.severity}. Accepting it changes nothing at the place, and the key stays as it is.
        </Note>
      ) : null}
      <Field label="Why it may stand there" help="It is kept in the vault with this place.">
        {(ids) => (
          <TextInput
            {...ids}
            value={reason}
            maxLength={300}
            placeholder="Such as: a test key, in a folder that nobody else can read"
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label="Until" help="Then it is open again.">
        {(ids) => (
          <TextInput
            {...ids}
            type="date"
            min={today(now)}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        )}
      </Field>
      <ErrorNote error={error} />
    </Dialog>
  );
};

export const AcceptDialog = ({ findingId }: { readonly findingId: string }): ReactNode => {
  const finding = useFinding(findingId);
  return finding === undefined ? null : <Form finding={finding} />;
};

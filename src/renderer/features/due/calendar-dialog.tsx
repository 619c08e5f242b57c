// Writes what is due into a calendar file. Names stand in it only where the person says so: a calendar is often shared.
import { useState, type ReactNode } from 'react';
import type { AppError } from '../../../core/model/app-error.ts';
import { closeOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { counted } from '../../lib/time-words.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { sayDone } from '../../ui/toast-store.ts';

export const CalendarDialog = (): ReactNode => {
  const [withNames, setWithNames] = useState(false);
  const [keep, setKeep] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    const result = await call('due.calendarFile', { withNames, keep });
    setBusy(false);
    if (!result.ok) {
      setError(result.error);
      return;
    }
    if (result.value === null) return;
    closeOverlay();
    const { file, entries } = result.value;
    sayDone(
      `${counted(entries, 'entry', 'entries')} written to ${file}${keep ? '; it is kept up to date' : ''}.`,
    );
  };
  return (
    <Dialog
      title="What is due, in your calendar"
      description="One file with the next twelve months. Calendar programs can open it or subscribe to it."
      size="small"
      onClose={closeOverlay}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button type="submit" tone="primary" busy={busy}>
            Choose a file…
          </Button>
        </>
      }
    >
      <Checkbox
        checked={keep}
        onChange={setKeep}
        label="Keep it up to date"
        help="It is written again when something changes while the vault is unlocked."
      />
      <Checkbox
        checked={withNames}
        onChange={setWithNames}
        label="With names"
        help="The file is not encrypted: whoever can read your calendar then reads names of keys and providers. Never a value."
      />
      <ErrorNote error={error} />
    </Dialog>
  );
};

// Puts something that is due off: an hour, a day, a week, or until a date. What was put off comes back by itself.
import { AlarmClock } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Result } from '../../../core/model/result.ts';
import { call } from '../../lib/call.ts';
import { momentWords, today } from '../../lib/time-words.ts';
import type { DueEntry } from '../../lib/types.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { readKeysSoon } from '../keys/store.ts';
import { snoozeTimes } from './due-groups.ts';

const saved = (result: Result<unknown>): boolean => {
  if (result.ok) readKeysSoon();
  else sayFailed(result.error);
  return result.ok;
};

/** Everything about the key comes back, or is put off as it was before. */
export const wake = async (entry: DueEntry, untilMs: number | null = null): Promise<boolean> =>
  saved(await call('keys.care', { id: entry.keyId, care: { snoozedUntilMs: untilMs } }));

export const snooze = async (entry: DueEntry, untilMs: number): Promise<void> => {
  const before = entry.snoozedUntilMs;
  if (!saved(await call('reminders.snooze', { ids: [entry.id], untilMs }))) return;
  const words = `${entry.name}: put off until ${momentWords(untilMs, Date.now())}.`;
  sayDone(words, () => void wake(entry, before));
};

const UntilDialog = (props: { readonly entry: DueEntry; readonly onClose: () => void }): ReactNode => {
  const { entry, onClose } = props;
  const now = useNow(60_000);
  const tomorrow = today(now + 86_400_000);
  const [day, setDay] = useState(tomorrow);
  const untilMs = new Date(`${day}T09:00:00`).getTime();
  const ready = Number.isFinite(untilMs) && untilMs > now;
  return (
    <Dialog
      title={`Put ${entry.name} off`}
      size="small"
      onClose={onClose}
      onSubmit={() => {
        if (!ready) return;
        onClose();
        void snooze(entry, untilMs);
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={!ready}>
            Put it off
          </Button>
        </>
      }
    >
      <Field label="Until the morning of" help="You are reminded at 9:00 on that day.">
        {(ids) => (
          <TextInput
            {...ids}
            type="date"
            min={tomorrow}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        )}
      </Field>
    </Dialog>
  );
};

export const SnoozeMenu = ({ entry }: { readonly entry: DueEntry }): ReactNode => {
  const [asking, setAsking] = useState(false);
  const now = useNow(60_000);
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button icon={AlarmClock} tone="quiet" aria-label={`Put ${entry.name} off`}>
            Put off
          </Button>
        }
      >
        {snoozeTimes(now).map(({ label, untilMs }) => (
          <MenuItem key={label} onSelect={() => void snooze(entry, untilMs)}>
            {label}
          </MenuItem>
        ))}
        <MenuLine />
        <MenuItem onSelect={() => setAsking(true)}>Until a date…</MenuItem>
      </Menu>
      {asking ? <UntilDialog entry={entry} onClose={() => setAsking(false)} /> : null}
    </>
  );
};

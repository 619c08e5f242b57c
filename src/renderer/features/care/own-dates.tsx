// Dates of one's own: an end of a contract, an audit, an expiry beyond what the provider allows to be entered.
import { Plus, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { shortDay } from '../../lib/time-words.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextInput } from '../../ui/text-input.tsx';
import type { OwnDate } from './care-form.ts';
import form from '../edit/form.module.css';

const most = 50;

export const OwnDates = (props: {
  readonly dates: readonly OwnDate[];
  readonly onChange: (dates: readonly OwnDate[]) => void;
}): ReactNode => {
  const { dates, onChange } = props;
  const [label, setLabel] = useState('');
  const [day, setDay] = useState('');
  const now = useNow(3_600_000);
  const ready = label.trim() !== '' && day !== '' && dates.length < most;
  const add = (): void => {
    if (!ready) return;
    const known = dates.some((date) => date.day === day && date.label === label.trim());
    if (!known) onChange([...dates, { label: label.trim(), day }]);
    setLabel('');
    setDay('');
  };
  return (
    <fieldset className={form.set}>
      <legend className={form.legend}>Dates of your own</legend>
      <div className={form.variables}>
        {dates.map((date, index) => (
          <div key={`${date.day} ${date.label}`} className={form.row}>
            <span className={form.grow}>{date.label}</span>
            <span className="tabular">{shortDay(date.day, now)}</span>
            <IconButton
              icon={X}
              small
              label={`Take away: ${date.label}`}
              onClick={() => onChange(dates.filter((_, at) => at !== index))}
            />
          </div>
        ))}
        <div className={form.row}>
          <div className={form.grow}>
            <TextInput
              aria-label="What happens then"
              placeholder="The contract ends"
              maxLength={200}
              value={label}
              onChange={(event) => setLabel(event.currentTarget.value)}
            />
          </div>
          <div>
            <TextInput
              aria-label="The day"
              type="date"
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
          </div>
          <Button icon={Plus} disabled={!ready} onClick={add}>
            Add
          </Button>
        </div>
      </div>
    </fieldset>
  );
};

// When to be reminded and when not, and the calendar that is kept up to date.
import type { ReactNode } from 'react';
import { openOverlay } from '../../app/app-store.ts';
import type { Settings } from '../../lib/types.ts';
import { Button } from '../../ui/button.tsx';
import { Select, type Choice } from '../../ui/select.tsx';
import { change, FlagRow } from './flag-row.tsx';
import { Group, Row } from './settings-parts.tsx';
import styles from './settings.module.css';

const hours: readonly Choice<string>[] = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

const QuietHours = ({ quiet }: { readonly quiet: Settings['quietHours'] }): ReactNode => (
  <Row
    label="Quiet hours"
    help={
      quiet.from === quiet.to
        ? 'None: two equal hours. You are reminded at any time.'
        : 'Nothing is told in them; what came meanwhile is told once afterwards.'
    }
  >
    {() => (
      <div className={styles.hours}>
        <Select
          label="Quiet from"
          value={String(quiet.from)}
          choices={hours}
          onChange={(from) => change({ quietHours: { ...quiet, from: Number(from) } })}
        />
        <span>to</span>
        <Select
          label="Quiet to"
          value={String(quiet.to)}
          choices={hours}
          onChange={(to) => change({ quietHours: { ...quiet, to: Number(to) } })}
        />
      </div>
    )}
  </Row>
);

const Calendar = ({ calendar }: { readonly calendar: Settings['calendarFile'] }): ReactNode => (
  <Row
    label="Calendar"
    help={
      calendar === null
        ? 'A file for your calendar program. None is kept up to date now.'
        : `${calendar.path}, ${calendar.withNames ? 'with names' : 'without names'}. Kept up to date.`
    }
  >
    {() =>
      calendar === null ? (
        <Button onClick={() => openOverlay({ type: 'calendar' })}>Make one…</Button>
      ) : (
        <Button onClick={() => change({ calendarFile: null })}>Stop</Button>
      )
    }
  </Row>
);

export const RemindersGroup = ({ settings }: { readonly settings: Settings }): ReactNode => (
  <Group title="Reminders">
    <FlagRow
      settings={settings}
      name="reminders"
      label="Remind me in time"
      help="Also while the vault is locked. For that, dates without any names lie beside the vault; off removes them."
    />
    {settings.reminders ? <QuietHours quiet={settings.quietHours} /> : null}
    <Calendar calendar={settings.calendarFile} />
  </Group>
);

// Puts together what stands outside the vault about dates.
import type { VaultPorts } from '../../core/vault/vault-types.ts';
import type { Settings } from '../../core/model/settings.ts';
import type { HomeFiles } from '../../node/home-folder.ts';
import type { Listener } from '../core.ts';
import type { Session } from '../session.ts';
import { keepCalendar, type KeptCalendar } from './calendar-file.ts';
import { createDueKeeper, type DueKeeper } from './due-keeper.ts';
import { createReminderFile } from './reminder-file.ts';
import { createReminders, type Reminders } from './reminders.ts';

export type DueParts = {
  readonly reminders: Reminders;
  readonly calendar: KeptCalendar;
  readonly keeper: DueKeeper;
};

type Parts = {
  readonly ports: VaultPorts;
  readonly files: HomeFiles;
  readonly tells: boolean;
  readonly session: () => Session | null;
  readonly settings: () => Settings;
  readonly emit: Listener;
};

export const createDue = ({ ports, files, tells, session, settings, emit }: Parts): DueParts => {
  const { clock, aead } = ports;
  const file = createReminderFile(ports.files, files.reminders);
  const reminders = createReminders({
    file,
    clock,
    aead,
    session,
    settings,
    tells,
    emit: (news) => {
      emit('reminders.due', news);
    },
  });
  const calendar = keepCalendar(ports.files);
  const keeper = createDueKeeper({ clock, session, settings, reminders, calendar, tells });
  return { reminders, calendar, keeper };
};

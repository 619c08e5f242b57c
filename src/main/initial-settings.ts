// What the shell goes by until the agent has told it the person's own settings: the usual ones, held equal by a test.
import type { Settings } from '../core/model/settings.ts';

export const initialSettings: Settings = {
  theme: 'system',
  lockAfterMinutes: 5,
  lockOnSystemLock: true,
  lockOnSleep: true,
  clipboardSeconds: 20,
  rowHeight: 'normal',
  commandLineAccess: true,
  hideFromCapture: true,
  quickUnlockHours: 0,
  offline: false,
  scheduledChecks: false,
  reminders: true,
  quietHours: { from: 22, to: 8 },
  calendarFile: null,
};

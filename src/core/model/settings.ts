// What a person may choose. Kept in a plain file beside the vault, because theme and lock times are needed while it is
// locked: so nothing here may tell anything about a key.
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export type Settings = {
  readonly theme: Theme;
  /** Lock after so many minutes without input; 0 never does. */
  readonly lockAfterMinutes: number;
  readonly lockOnSystemLock: boolean;
  readonly lockOnSleep: boolean;
  /** A copied value is cleared after so many seconds. */
  readonly clipboardSeconds: number;
  readonly rowHeight: 'normal' | 'compact';
  /** Whether the command line may use the vault while the app has it unlocked. */
  readonly commandLineAccess: boolean;
  /** Hide the window's content from screen capture where the system can. */
  readonly hideFromCapture: boolean;
  /** The system's keychain may unlock for so many hours after the master password was typed; 0 never. */
  readonly quickUnlockHours: number;
  /** Nothing is sent to anybody: no key is asked about. */
  readonly offline: boolean;
  /** Whether keys are asked about once a day while the vault is unlocked, where their provider file lets that happen. */
  readonly scheduledChecks: boolean;
  /** Whether dates are told in time, also while locked: by a schedule beside the vault, without names. */
  readonly reminders: boolean;
  /** Hours of the person's day in which nothing is told; equal ones for none. */
  readonly quietHours: { readonly from: number; readonly to: number };
  /** A calendar that is kept up to date. Its file holds names only where the person said so. */
  readonly calendarFile: { readonly path: string; readonly withNames: boolean } | null;
};

export const defaultSettings: Settings = {
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

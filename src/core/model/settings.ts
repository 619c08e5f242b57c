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
};

// What the shell asks a person for, free of Electron so that the calls can be tested on Node: kinds of file, and the dialogs.
export type FileKind = { readonly name: string; readonly extensions: readonly string[] };

export const fileKinds = {
  environment: { name: 'Environment files', extensions: ['env', 'local', '*'] },
  backup: { name: 'Keyturn backups', extensions: ['keyturn-backup'] },
  calendar: { name: 'Calendars', extensions: ['ics'] },
  providers: { name: 'Provider definitions', extensions: ['json'] },
  any: { name: 'All files', extensions: ['*'] },
} as const satisfies Readonly<Record<string, FileKind>>;

export type Dialogs = {
  readonly open: (title: string, kind: FileKind) => Promise<string | null>;
  readonly folder: (title: string) => Promise<string | null>;
  /** The system asks before a file that is there is chosen; who gets a path may overwrite it. */
  readonly save: (title: string, fileName: string, kind: FileKind) => Promise<string | null>;
};

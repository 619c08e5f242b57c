// The system's keychain as far as it is used, free of Electron so that every answer can be played by a test.

/** As much of Electron's safeStorage as is used. */
export type SystemKeychain = {
  /** The system's name for what keeps the secret; it may differ from one start to the next. */
  readonly backend: () => string;
  readonly isAvailable: () => Promise<boolean>;
  readonly seal: (text: string) => Promise<Uint8Array>;
  readonly open: (
    sealed: Uint8Array,
  ) => Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
};

/** What lies in the file: base 64, and the name of the keychain that sealed it. */
export type SealedSecret = { readonly backend: string; readonly sealed: string };

// macOS: no other program may watch the keyboard while a master password is typed, that is while our window has the focus and
// the vault is locked. Every "on" is paired with an "off", as the system asks; elsewhere there is no such thing.

export type KeyboardGuard = {
  readonly focusChanged: (focused: boolean) => void;
  readonly lockChanged: () => void;
};

/** As much of Electron's App as is used. */
type SecureKeyboard = { setSecureKeyboardEntryEnabled(enabled: boolean): void };

export const createKeyboardGuard = (
  app: SecureKeyboard,
  platform: string,
  unlocked: () => boolean,
): KeyboardGuard => {
  let focused = false;
  let on = false;
  const update = (): void => {
    const wanted = platform === 'darwin' && focused && !unlocked();
    if (wanted === on) return;
    on = wanted;
    app.setSecureKeyboardEntryEnabled(on);
  };
  return {
    focusChanged: (isFocused) => {
      focused = isFocused;
      update();
    },
    lockChanged: update,
  };
};

// How a fresh window stands in for the one before it, so that a lock looks like a change of content: as visible as the other
// was, and not one step nearer. An idle lock must never push itself over what the person is working in.

/** As much of Electron's BrowserWindow as is used. */
export type Standing = {
  isMinimized(): boolean;
  isVisible(): boolean;
  isFocused(): boolean;
  isMaximized(): boolean;
  isFullScreen(): boolean;
  getMediaSourceId(): string;
};
export type Newcomer = {
  show(): void;
  showInactive(): void;
  minimize(): void;
  maximize(): void;
  setFullScreen(flag: boolean): void;
  moveAbove(mediaSourceId: string): void;
};

const standBehind = (next: Newcomer, old: Standing): void => {
  next.showInactive();
  try {
    next.moveAbove(old.getMediaSourceId());
  } catch {
    // Wayland tells no program where windows are: there the desktop decides.
  }
};

/**
 * Shows `next`, which is hidden and has the bounds of `old` already, in the place of `old`.
 */
export const takePlace = (next: Newcomer, old: Standing): void => {
  if (old.isMinimized()) {
    next.minimize();
    return;
  }
  if (!old.isVisible()) return;
  if (old.isFocused()) next.show();
  else standBehind(next, old);
  if (old.isFullScreen()) next.setFullScreen(true);
  else if (old.isMaximized()) next.maximize();
};

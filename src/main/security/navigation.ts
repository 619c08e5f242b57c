// Pages never leave where the shell put them: no navigation, no new window, no webview. `loadURL` from the shell itself
// does not raise these events, so everything that does raise them is refused.

type Preventable = { readonly preventDefault: () => void };

/** As much of Electron's WebContents as the guard touches. */
export type GuardedContents = {
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview',
    listener: (event: Preventable) => void,
  ): unknown;
  setWindowOpenHandler(handler: () => { action: 'deny' }): void;
};

export const refusedNavigations = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-attach-webview',
] as const;

/**
 * Puts the guard on one WebContents; called for every one that the app ever makes.
 * @param report told which event was refused; never the address, which may carry a value
 */
export const guardNavigation = (contents: GuardedContents, report: (event: string) => void): void => {
  for (const name of refusedNavigations) {
    contents.on(name, (event) => {
      event.preventDefault();
      report(name);
    });
  }
  contents.setWindowOpenHandler(() => {
    report('window-open');
    return { action: 'deny' };
  });
};

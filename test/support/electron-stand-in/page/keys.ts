// Runs in the preload's world: reports keys to the main process, for `before-input-event` and, where the page left them
// alone, for the menu's accelerators (Electron gives the page the first word on Linux and Windows). Self-contained.

export const watchKeys = (post: (message: object) => void): void => {
  const describe = (event: KeyboardEvent): object => ({
    type: event.type === 'keydown' ? 'keyDown' : 'keyUp',
    key: event.key,
    code: event.code,
    isAutoRepeat: event.repeat,
    isComposing: event.isComposing,
    shift: event.shiftKey,
    control: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
    location: event.location,
  });
  const watch = (event: KeyboardEvent): void => {
    const input = describe(event);
    post({ t: 'key', input });
    const canBeAccelerator =
      event.ctrlKey || event.altKey || event.metaKey || /^(F\d+|Escape|Delete)$/.test(event.key);
    if (event.type !== 'keydown' || !canBeAccelerator) return;
    setTimeout(() => {
      if (!event.defaultPrevented) post({ t: 'key-left', input });
    }, 0);
  };
  addEventListener('keydown', watch, { capture: true });
  addEventListener('keyup', watch, { capture: true });
};

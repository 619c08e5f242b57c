// Runs in the page's own world: what needs a permission asks the app's handlers before the browser sees it, because the
// browser would ask a person. Self-contained.

export const patchPermissions = (
  ask: (kind: 'request' | 'check', name: string) => Promise<boolean>,
): void => {
  type Fn = (this: unknown, ...parts: unknown[]) => unknown;
  const scope = globalThis as unknown as Record<string, { prototype: Record<string, Fn> } | undefined>;
  const wrap = (target: Record<string, Fn> | undefined, name: string, make: (native: Fn) => Fn): void => {
    const native = target?.[name];
    if (target === undefined || native === undefined) return;
    Object.defineProperty(target, name, {
      value: make(native),
      writable: true,
      enumerable: true,
      configurable: true,
    });
  };
  /** Asks first, then lets the browser answer by what was set. */
  const first =
    (permission: (parts: unknown[]) => string) =>
    (native: Fn): Fn =>
      async function (this: unknown, ...parts: unknown[]): Promise<unknown> {
        await ask('request', permission(parts));
        return native.apply(this, parts);
      };
  const plainly = (name: string): ((native: Fn) => Fn) => first(() => name);
  const position = (native: Fn): Fn =>
    function (this: unknown, ...parts: unknown[]): unknown {
      void ask('request', 'geolocation').then(() => native.apply(this, parts));
      return 0;
    };
  const mediaName = ([constraints]: unknown[]): string =>
    (constraints as { video?: unknown } | undefined)?.video ? 'camera' : 'microphone';

  wrap(scope['Geolocation']?.prototype, 'getCurrentPosition', position);
  wrap(scope['Geolocation']?.prototype, 'watchPosition', position);
  wrap(scope['Notification'] as unknown as Record<string, Fn>, 'requestPermission', plainly('notifications'));
  wrap(scope['MediaDevices']?.prototype, 'getUserMedia', first(mediaName));
  wrap(scope['MediaDevices']?.prototype, 'getDisplayMedia', plainly('display-capture'));
  wrap(scope['Clipboard']?.prototype, 'read', plainly('clipboard-read'));
  wrap(scope['Clipboard']?.prototype, 'readText', plainly('clipboard-read'));
  wrap(scope['Navigator']?.prototype, 'requestMIDIAccess', plainly('midi'));
  wrap(scope['StorageManager']?.prototype, 'persist', plainly('persistent-storage'));
  wrap(scope['WakeLock']?.prototype, 'request', plainly('screen-wake-lock'));
  wrap(scope['Window']?.prototype, 'queryLocalFonts', plainly('local-fonts'));
  wrap(scope['Window']?.prototype, 'getScreenDetails', plainly('window-management'));
  wrap(scope['Permissions']?.prototype, 'query', (native) => {
    const query = async function (this: unknown, ...parts: unknown[]): Promise<unknown> {
      await ask('check', String((parts[0] as { name?: unknown } | undefined)?.name));
      return native.apply(this, parts);
    };
    return query;
  });
};

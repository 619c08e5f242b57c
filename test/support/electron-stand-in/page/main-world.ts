// Runs in the page's own world before any script of the page: waits for the preload's world to hand over the shared
// node, and puts what Electron does differently from Chromium over the page's functions. Self-contained.
import type { PageBridge } from './bridge.ts';

export type MainWorldConfig = {
  readonly key: string;
  /** `webPreferences.disableDialogs`. */
  readonly disableDialogs: boolean;
  /** Ends of the hosts that stand for schemes without `supportFetchAPI`. */
  readonly unfetchable: readonly string[];
};

export const mainWorld = (
  config: MainWorldConfig,
  makePageBridge: (node: EventTarget, mine: string, theirs: string) => PageBridge,
  patchPermissions: (ask: (kind: 'request' | 'check', name: string) => Promise<boolean>) => void,
): void => {
  const receive = (event: Event): void => {
    document.removeEventListener(config.key, receive);
    event.stopImmediatePropagation();
    const node = (event as MouseEvent).relatedTarget;
    if (node === null) return;
    const bridge = makePageBridge(node, 'page', 'preload');
    const { fetch } = globalThis;
    const patch = (target: object, name: string, value: unknown): void => {
      Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
    };
    // The main process decides, and opens the window itself where it says yes; the page gets null either way.
    patch(globalThis, 'open', (url?: string | URL, name?: string, features?: string): unknown => {
      const address =
        url === undefined || url === '' ? 'about:blank' : new URL(String(url), document.baseURI).href;
      bridge.call('open', address, name ?? '', features ?? '');
      return null;
    });
    const isUnfetchable = (input: unknown): boolean => {
      const address = input instanceof Request ? input.url : String(input);
      if (!URL.canParse(address, document.baseURI)) return false;
      const { hostname } = new URL(address, document.baseURI);
      return config.unfetchable.some((end) => hostname.endsWith(end));
    };
    patch(
      globalThis,
      'fetch',
      async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
        if (isUnfetchable(input)) throw new TypeError('Failed to fetch');
        return fetch.call(globalThis, input, init);
      },
    );
    // Electron lets any page close its own window.
    if (globalThis.top === globalThis.self) patch(globalThis, 'close', (): void => void bridge.call('close'));
    patchPermissions((kind, name) => bridge.call('permission', kind, name) as Promise<boolean>);
    if (config.disableDialogs) {
      patch(globalThis, 'alert', (): void => {});
      patch(globalThis, 'confirm', (): boolean => false);
      patch(globalThis, 'prompt', (): null => null);
    }
  };
  document.addEventListener(config.key, receive);
};

// Sessions: the default one is the browser's own profile, every other one a browser context of its own, made when the
// first window needs it so that `setProxy` can still take effect.
import { EventEmitter } from 'node:events';
import type { Fields } from './cdp.ts';
import { Protocol } from './protocol.ts';
import { cdp, news } from './state.ts';
import { WebRequest } from './web-request.ts';

export type PermissionAnswer = (granted: boolean) => void;
type RequestHandler = (
  contents: unknown,
  permission: string,
  callback: PermissionAnswer,
  details: object,
) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string, details: object) => boolean;

const sessions = new Map<string, Session>();

export class Session extends EventEmitter {
  readonly protocol = new Protocol();
  readonly webRequest = new WebRequest();
  readonly partition: string;
  readonly serviceWorkers = new EventEmitter();
  readonly #preloads: { type: string; id: string; filePath: string }[] = [];
  #context: Promise<string | undefined> | undefined;
  #proxy: string | undefined;
  #userAgent = '';
  permissionRequest: RequestHandler | undefined;
  permissionCheck: CheckHandler | undefined;
  devicePermission: unknown;
  displayMedia: unknown;

  constructor(partition: string) {
    super();
    this.partition = partition;
  }

  /** The browser context, made on first use; undefined means the profile itself. */
  contextId(): Promise<string | undefined> {
    this.#context ??= this.#makeContext();
    return this.#context;
  }
  async #makeContext(): Promise<string | undefined> {
    const context =
      this.partition === ''
        ? undefined
        : String(
            (
              await cdp().send('Target.createBrowserContext', {
                disposeOnDetach: false,
                ...(this.#proxy === undefined
                  ? {}
                  : { proxyServer: this.#proxy, proxyBypassList: '<-loopback>' }),
              })
            )['browserContextId'],
          );
    const scope = context === undefined ? {} : { browserContextId: context };
    // Downloads begin only where a listener of `will-download` chose a place for them.
    await cdp().send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true, ...scope });
    news.emit('session-context', this, scope);
    return context;
  }

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.permissionRequest = handler ?? undefined;
    this.#permissionsChanged();
  }
  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.permissionCheck = handler ?? undefined;
    this.#permissionsChanged();
  }
  #permissionsChanged(): void {
    if (this.#context !== undefined) news.emit('permissions-changed', this);
  }
  setDevicePermissionHandler(handler: unknown): void {
    this.devicePermission = handler;
  }
  setUSBProtectedClassesHandler(): void {}
  setBluetoothPairingHandler(): void {}
  setDisplayMediaRequestHandler(handler: unknown): void {
    this.displayMedia = handler;
  }
  setCertificateVerifyProc(): void {}
  setSpellCheckerEnabled(): void {}
  setSpellCheckerLanguages(): void {}
  setSpellCheckerDictionaryDownloadURL(): void {}
  isSpellCheckerEnabled(): boolean {
    return false;
  }
  isPersistent(): boolean {
    return this.partition === '' || this.partition.startsWith('persist:');
  }

  /** Takes effect only before the first window of this session: a browser context gets its proxy when it is made. */
  setProxy(config: { readonly proxyRules?: string; readonly mode?: string }): Promise<void> {
    this.#proxy = config.mode === 'direct' ? undefined : config.proxyRules;
    return Promise.resolve();
  }
  resolveProxy(): Promise<string> {
    return Promise.resolve(
      this.#proxy === undefined ? 'DIRECT' : `PROXY ${this.#proxy.replace(/^\w+:\/\//, '')}`,
    );
  }
  closeAllConnections(): Promise<void> {
    return Promise.resolve();
  }
  async clearStorageData(): Promise<void> {
    const context = await this.contextId();
    await cdp().send('Storage.clearCookies', context === undefined ? {} : { browserContextId: context });
    news.emit('clear-storage', this);
  }
  clearCache(): Promise<void> {
    return Promise.resolve();
  }
  clearData(): Promise<void> {
    return this.clearStorageData();
  }
  clearHostResolverCache(): Promise<void> {
    return Promise.resolve();
  }
  clearAuthCache(): Promise<void> {
    return Promise.resolve();
  }
  getCacheSize(): Promise<number> {
    return Promise.resolve(0);
  }
  getStoragePath(): string | null {
    return null;
  }
  getUserAgent(): string {
    return this.#userAgent;
  }
  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
  }
  registerPreloadScript(script: { type: string; id?: string; filePath: string }): string {
    const id = script.id ?? String(this.#preloads.length + 1);
    this.#preloads.push({ ...script, id });
    return id;
  }
  getPreloadScripts(): readonly { type: string; id: string; filePath: string }[] {
    return this.#preloads;
  }
  flushStorageData(): void {}
}

export const fromPartition = (partition: string, _options?: Fields): Session => {
  const found = sessions.get(partition) ?? new Session(partition);
  if (!sessions.has(partition)) {
    sessions.set(partition, found);
    news.emit('session-created', found);
  }
  return found;
};

export const session = {
  fromPartition,
  get defaultSession(): Session {
    return fromPartition('');
  },
};

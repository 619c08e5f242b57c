// The part of webContents that answers without a page: settings that are kept, windows that are never shown.
import { EventEmitter } from 'node:events';

export class ContentsBasics extends EventEmitter {
  readonly hostWebContents = null;
  readonly debugger = new EventEmitter();
  readonly navigationHistory = { canGoBack: () => false, canGoForward: () => false, clear: () => {} };
  #webRtcPolicy = 'default';

  get devToolsWebContents(): null {
    return null;
  }

  openDevTools(): void {
    // There is no second window to show: with `devTools: false` that is Electron's own behaviour.
  }
  closeDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false;
  }
  toggleDevTools(): void {}
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.#webRtcPolicy = policy;
  }
  getWebRTCIPHandlingPolicy(): string {
    return this.#webRtcPolicy;
  }
  setZoomFactor(): void {}
  setZoomLevel(): void {}
  getZoomFactor(): number {
    return 1;
  }
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }
  setBackgroundThrottling(): void {}
  setIgnoreMenuShortcuts(): void {}
  getType(): 'window' {
    return 'window';
  }
  /** No printer can be reached from here: the callback hears that, as it does in Electron without printers. */
  print(_options?: object, callback?: (success: boolean, failureReason: string) => void): void {
    this.emit('stand-in-print');
    setImmediate(() => callback?.(false, 'No printers available on the network'));
  }
}

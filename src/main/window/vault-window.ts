// The one window that shows the vault. On lock its content is torn down and made anew: a new window, showing bare paper, takes
// the old one's place in the same turn in which the old one is destroyed with its process. Not forcefullyCrashRenderer: on
// Linux that is a real crash, which may leave a core file of what the page was showing, and the reload after it does not
// always get a new process (electron/electron#48661).
import { BrowserWindow, nativeTheme, screen, type Session } from 'electron';
import { callChannel, eventChannel } from '../../contract/bridge.ts';
import type { EventName } from '../../contract/events.ts';
import type { Settings } from '../../core/model/settings.ts';
import { readJsonFile, writeJsonFile } from '../json-file.ts';
import type { Log } from '../log.ts';
import type { Relay } from '../relay.ts';
import { webRtcPolicy } from '../security/network.ts';
import { vaultOrigin } from '../security/protocol.ts';
import { callerOf } from '../security/sender.ts';
import { leastHeight, leastWidth, openingFor, placeShape, type Opening } from './place.ts';
import { takePlace } from './take-place.ts';
import { paperOf } from './paper.ts';
import { safePreferences } from './web-preferences.ts';

export type VaultWindowPorts = {
  readonly session: Session;
  readonly preload: string;
  readonly icon: string;
  /** Where its place is remembered. */
  readonly placeFile: string;
  readonly inspector: boolean;
  readonly relay: Relay;
  readonly settings: () => Settings;
  readonly active: () => void;
  readonly focusChanged: (focused: boolean) => void;
  readonly nowMs: () => number;
  readonly log: Log;
};

const page = `${vaultOrigin}/index.html`;
const crashesForgottenMs = 60_000;
const mostCrashes = 3;

export class VaultWindow {
  readonly #ports: VaultWindowPorts;
  #current: BrowserWindow | null = null;
  #crashes: readonly number[] = [];

  constructor(ports: VaultWindowPorts) {
    this.#ports = ports;
  }

  get current(): BrowserWindow | null {
    return this.#current;
  }

  /** Opens it, or brings it to the front. */
  show(): void {
    const window = this.#current;
    if (window === null) {
      this.#open();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  #open(): void {
    const areas = screen.getAllDisplays().map((display) => display.workArea);
    const { maximised, ...bounds } = openingFor(readJsonFile(this.#ports.placeFile, placeShape), areas);
    const window = this.#make(bounds);
    window.once('ready-to-show', () => {
      if (maximised) window.maximize();
      window.show();
    });
    this.#current = window;
  }

  /** Ends the page's process and opens a fresh page in the same place; nothing where no window is open. */
  remake(): void {
    const old = this.#current;
    if (old === null) return;
    const next = this.#make(old.getNormalBounds());
    this.#current = next;
    takePlace(next, old);
    old.destroy();
  }

  send(event: EventName, payload: unknown): void {
    const window = this.#current;
    if (window !== null && !window.isDestroyed()) window.webContents.send(eventChannel, event, payload);
  }

  /** Takes over settings that concern the window itself. */
  applySettings(settings: Settings): void {
    nativeTheme.themeSource = settings.theme;
    this.#current?.setContentProtection(settings.hideFromCapture);
    this.#current?.setBackgroundColor(this.#paper());
  }

  #paper(): string {
    return paperOf(this.#ports.settings().theme, nativeTheme.shouldUseDarkColors);
  }

  /** A hidden window, loading the page. */
  #make(bounds: Omit<Opening, 'maximised'>): BrowserWindow {
    const { session, preload, icon, inspector, settings, log } = this.#ports;
    const window = new BrowserWindow({
      ...bounds,
      minWidth: leastWidth,
      minHeight: leastHeight,
      title: 'Keyturn',
      icon,
      backgroundColor: this.#paper(),
      show: false,
      webPreferences: safePreferences(session, preload, inspector),
    });
    window.setContentProtection(settings().hideFromCapture);
    this.#listen(window);
    this.#answer(window);
    window.loadURL(page).catch(() => {
      if (window === this.#current) log('error', 'window.not-loaded');
    });
    return window;
  }

  /** Puts the relay on this window's own channel: no other page can reach it. */
  #answer(window: BrowserWindow): void {
    const { webContents } = window;
    const expectedId = webContents.id;
    webContents.ipc.handle(callChannel, (event, name: unknown, input: unknown) => {
      const frame = event.senderFrame;
      const sender = {
        frame: frame && { parent: frame.parent, origin: frame.origin },
        contentsId: event.sender.id,
      };
      const caller = window === this.#current ? callerOf(sender, expectedId, vaultOrigin) : null;
      return this.#ports.relay(caller, name, input);
    });
  }

  #listen(window: BrowserWindow): void {
    const { webContents } = window;
    const { active, focusChanged } = this.#ports;
    webContents.setWebRTCIPHandlingPolicy(webRtcPolicy);
    webContents.on('before-input-event', active);
    webContents.on('before-mouse-event', active);
    webContents.on('render-process-gone', (_event, details) => {
      if (window === this.#current) this.#recover(details.reason);
    });
    // The title is the product's name, whatever the page calls itself: no key's name in a task list.
    window.on('page-title-updated', (event) => {
      event.preventDefault();
    });
    window.on('focus', () => {
      active();
      focusChanged(true);
    });
    window.on('blur', () => {
      focusChanged(false);
    });
    window.on('close', () => {
      this.#remember(window);
    });
    window.on('closed', () => {
      if (window === this.#current) this.#current = null;
    });
  }

  #remember(window: BrowserWindow): void {
    writeJsonFile(this.#ports.placeFile, { ...window.getNormalBounds(), maximised: window.isMaximized() });
  }

  /** A page that crashed is made anew, but not for ever. */
  #recover(reason: string): void {
    const now = this.#ports.nowMs();
    this.#crashes = [...this.#crashes.filter((at) => now - at < crashesForgottenMs), now];
    this.#ports.log('error', 'window.process-gone', { reason });
    if (this.#crashes.length <= mostCrashes) this.remake();
  }
}

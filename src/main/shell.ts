// The composition of the shell once Electron is ready: everything with an effect is made here and handed to those who need
// it. What the parts do is in their own files.
import { join } from 'node:path';
import { app, nativeTheme, powerMonitor, safeStorage, shell, type Session } from 'electron';
import type { Caller } from '../contract/call.ts';
import type { Result } from '../core/model/result.ts';
import type { Settings } from '../core/model/settings.ts';
import { aboutFacts } from './about-facts.ts';
import { AgentSupervisor } from './agent-supervisor.ts';
import { done } from './answers.ts';
import { askAs, type AskAgent } from './ask-agent.ts';
import { ClipboardSession, type ClipboardChange } from './clipboard/clipboard-session.ts';
import { electronBoards, readClipboardBytes } from './clipboard/electron-boards.ts';
import { markerFile } from './clipboard/marker.ts';
import { electronDialogs } from './dialogs.ts';
import { after, every, nowMs, randomBytes, reportId } from './effects.ts';
import { followAgent } from './follow-agent.ts';
import { agentForker } from './fork-agent.ts';
import type { Home } from './home.ts';
import { initialSettings } from './initial-settings.ts';
import { electronKeychain, sealedFile } from './keychain/electron-keychain.ts';
import { createRenewal } from './keychain/keychain-calls.ts';
import { createQuickUnlock } from './keychain/quick-unlock.ts';
import { createKeyboardGuard } from './keyboard-guard.ts';
import type { Log } from './log.ts';
import { scannerForker } from './leaks/fork-scanner.ts';
import { followLeaks } from './leaks/follow-leaks.ts';
import { installMenu } from './menu.ts';
import { paths } from './paths.ts';
import { electronNotices } from './reminders/electron-notices.ts';
import { followReminders } from './reminders/follow-reminders.ts';
import { placeEffects, placeOpener } from './open-place.ts';
import { lockOnPowerEvents, lockOnScreenLock } from './power.ts';
import { createRelay, type Relay } from './relay.ts';
import { aboutHost, vaultHost } from './security/protocol.ts';
import { confineRemote, loadRemote, type FilterHost } from './security/remote.ts';
import { createShellCalls } from './shell-calls.ts';
import { createSystemProxy } from './system-proxy.ts';
import { createTray } from './tray.ts';
import { createAboutWindow } from './window/about-window.ts';
import { createActivity } from './window/activity.ts';
import { guardedSession, readManifest } from './window/guarded-session.ts';
import { paperOf } from './window/paper.ts';
import { VaultWindow } from './window/vault-window.ts';

type Base = {
  readonly home: Home;
  readonly log: Log;
  readonly inspector: boolean;
  readonly supervisor: AgentSupervisor;
  readonly ask: AskAgent;
  readonly settings: { current: Settings };
  readonly newSession: (partition: string, host: string) => Promise<Session>;
};

const makeClipboard = (base: Base, changed: (change: ClipboardChange) => void): ClipboardSession =>
  new ClipboardSession({
    boards: electronBoards(process.platform),
    marker: markerFile(join(base.home.folder, 'clipboard.json')),
    mark: async (value) => {
      const answer = await base.ask('clipboard.mark', { value });
      return answer.ok ? answer.value : null;
    },
    recognise: async (mark, value) => {
      const answer = await base.ask('clipboard.recognise', { mark, value });
      if (!answer.ok) throw new Error('the agent did not answer');
      return answer.value.ours;
    },
    changed,
    nowMs,
    after,
  });

const makeAbout = (base: Base): (() => Promise<void>) =>
  createAboutWindow({
    session: () => base.newSession('about', aboutHost),
    preload: paths.aboutPreload,
    icon: paths.icon,
    inspector: base.inspector,
    background: () => paperOf(base.settings.current.theme, nativeTheme.shouldUseDarkColors),
    remote: confineRemote(app as unknown as FilterHost, aboutFacts(), loadRemote),
    log: base.log,
  });

const makeRelay = (
  base: Base,
  clipboardSession: ClipboardSession,
  openAbout: () => Promise<void>,
  lock: () => Promise<void>,
  window: () => VaultWindow,
): Relay => {
  const quick = createQuickUnlock({
    keychain: electronKeychain(safeStorage, process.platform),
    file: sealedFile(join(base.home.folder, 'keychain.json')),
    randomBytes,
    nowMs,
    after,
  });
  const renew = createRenewal({ ask: base.ask, quick, hours: () => base.settings.current.quickUnlockHours });
  const handlers = createShellCalls({
    quick,
    ask: base.ask,
    clipboard: clipboardSession,
    readClipboard: readClipboardBytes,
    dialogs: electronDialogs(() => window().current),
    settings: () => base.settings.current,
    openInBrowser: (url) => shell.openExternal(url),
    openAbout,
    openPlace: placeOpener(placeEffects((path) => shell.showItemInFolder(path))),
    today: () => new Date(nowMs()).toISOString().slice(0, 10),
  });
  const callAgent = async (caller: Caller, name: string, input: unknown): Promise<Result<unknown>> => {
    if (name === 'vault.lock') {
      await lock();
      return done;
    }
    const answer = await base.supervisor.call(caller, name, input);
    if (answer.ok) void renew(name);
    return answer;
  };
  return createRelay({
    handlers,
    callAgent,
    unlocked: () => base.supervisor.unlocked,
    log: base.log,
    reportId,
  });
};

const proxyPatienceMs = 500;

const makeBase = async (home: Home, log: Log): Promise<Base> => {
  const inspector = !app.isPackaged;
  const manifest = await readManifest(paths.pages);
  const proxy = createSystemProxy((url) => app.resolveProxy(url));
  // A script that names proxies may be slow to fetch: the first agent does not wait for it long.
  await Promise.race([proxy.look(), new Promise<void>((resolve) => after(proxyPatienceMs, resolve))]);
  const fork = agentForker(paths.agent, home, log, proxy);
  const supervisor = new AgentSupervisor({ fork, log, nowMs, after, reportId });
  return {
    home,
    log,
    inspector,
    supervisor,
    ask: askAs(supervisor),
    settings: { current: initialSettings },
    newSession: (partition, host) => guardedSession(partition, host, manifest, { inspector, log }),
  };
};

const makeWindow = async (
  base: Base,
  relay: Relay,
  focusChanged: (focused: boolean) => void,
): Promise<VaultWindow> =>
  new VaultWindow({
    session: await base.newSession('vault', vaultHost),
    preload: paths.vaultPreload,
    icon: paths.icon,
    placeFile: join(base.home.folder, 'window.json'),
    inspector: base.inspector,
    relay,
    settings: () => base.settings.current,
    active: createActivity(() => {
      if (base.supervisor.unlocked) void base.ask('state.touch', {});
    }, nowMs),
    focusChanged,
    nowMs,
    log: base.log,
  });

export type Shell = {
  readonly show: () => void;
  /** Clears the clipboard and ends the agent; resolves when both are done. */
  readonly stop: () => Promise<void>;
};

/**
 * Makes the shell and opens the window.
 * @param home the folder that was settled before Electron was ready
 */
export const startShell = async (home: Home, log: Log): Promise<Shell> => {
  const base = await makeBase(home, log);
  const { supervisor, ask, settings } = base;
  const clipboardSession = makeClipboard(base, (change) => {
    window.send('clipboard.changed', change);
  });
  const lock = async (): Promise<void> => {
    await Promise.all([clipboardSession.clear(), supervisor.lock()]);
  };
  const openAbout = makeAbout(base);
  const relay = makeRelay(base, clipboardSession, openAbout, lock, () => window);
  const keyboard = createKeyboardGuard(app, process.platform, () => supervisor.unlocked);
  const window = await makeWindow(base, relay, keyboard.focusChanged);

  const actions = {
    show: () => window.show(),
    lock: () => void lock(),
    quit: () => app.quit(),
    about: () => void openAbout(),
  };
  const tray = createTray(paths.trayIcon, { ...actions, due: () => goDue() }, log);
  installMenu({
    ...actions,
    go: (to) => {
      window.show();
      window.send('window.go', { to });
    },
  });
  followAgent({ supervisor, clipboardSession, window, settings }, (unlocked) => {
    tray.setUnlocked(unlocked);
    keyboard.lockChanged();
  });
  const goDue = followReminders({
    supervisor,
    ask,
    window,
    show: electronNotices(paths.icon, log),
    badge: (count) => {
      // Windows has no number on its icons.
      if (process.platform !== 'win32') app.setBadgeCount(count);
    },
    tray: tray.setDue,
    power: powerMonitor,
    nowMs,
  });
  const scanner = followLeaks({
    supervisor,
    ask,
    window,
    show: electronNotices(paths.icon, log),
    fork: scannerForker(paths.scanner, home, log),
    readClipboard: readClipboardBytes,
    holdsClipboard: () => clipboardSession.held !== null,
    log,
    nowMs,
    after,
    every,
  });
  lockOnPowerEvents(powerMonitor, () => settings.current, actions.lock);
  if (process.platform === 'linux') {
    lockOnScreenLock(powerMonitor, every, () => settings.current, actions.lock);
  }

  supervisor.start();
  // Invented keys are nowhere to be found.
  if (!home.demo) scanner.start();
  if (home.demo) void ask('demo.create', {});
  window.show();
  void clipboardSession.tidyUp();

  return {
    show: actions.show,
    stop: async () => {
      scanner.stop();
      await Promise.all([clipboardSession.clear(), supervisor.stop()]);
    },
  };
};

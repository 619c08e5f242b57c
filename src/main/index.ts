// Entry of the Electron shell: settles what must be settled early, guards every page there will ever be, then starts the
// shell. No crash reporter: a dump of memory could hold a key.
import { rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { app } from 'electron';
import { prepareBeforeReady } from './before-ready.ts';
import { createLog } from './log.ts';
import { guardNavigation } from './security/navigation.ts';
import { guardSession } from './window/guarded-session.ts';
import { startShell, type Shell } from './shell.ts';

const log = createLog((line) => process.stderr.write(line), homedir());
const longestGoodbyeMs = 3_000;

let shell: Shell | null = null;

// Electron would show the error's message in a box, and a message may quote a value: only where it happened is written down.
process.on('uncaughtException', (problem) => {
  const [frame] = /[\w.-]+:\d+:\d+/.exec(problem.stack ?? '') ?? [''];
  log('error', 'shell.bug', { type: problem.name, frame });
  app.quit();
});
process.on('unhandledRejection', (problem) => {
  log('error', 'shell.bug', { type: problem instanceof Error ? problem.name : typeof problem });
});

const home = prepareBeforeReady(log, () => shell?.show());

const quitInOrder = (): void => {
  let saidGoodbye = false;
  app.on('before-quit', (event) => {
    if (saidGoodbye || shell === null) return;
    event.preventDefault();
    const patience = new Promise<void>((resolve) => {
      setTimeout(resolve, longestGoodbyeMs);
    });
    void Promise.race([shell.stop(), patience]).finally(() => {
      saidGoodbye = true;
      app.quit();
    });
  });
};

if (home === null) {
  app.quit();
} else {
  app.on('web-contents-created', (_event, contents) => {
    guardNavigation(contents, (refused) => {
      log('warn', 'navigation.refused', { event: refused });
    });
  });
  app.on('session-created', (session) => {
    void guardSession(session, { inspector: !app.isPackaged, log });
  });
  quitInOrder();
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => shell?.show());
  if (home.demo) {
    process.on('exit', () => {
      rmSync(home.folder, { recursive: true, force: true });
    });
  }
  const start = async (): Promise<void> => {
    await app.whenReady();
    shell = await startShell(home, log);
  };
  start().catch((problem: unknown) => {
    log('error', 'start.failed', { type: problem instanceof Error ? problem.name : typeof problem });
    app.exit(70);
  });
}

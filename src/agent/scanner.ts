// Entry of the scanner process: Electron's utilityProcess, or alone beside the command line. It knows keyed fingerprints and paths, never a key
// and never a name, and outlives the lock of the vault. One per vault folder: a second one ends at once. docs/scanning.md §1.
import { statSync } from 'node:fs';
import { readArguments } from './arguments.ts';
import { placesOf } from './bug-report.ts';
import { turnOffCoreDumps } from '../node/core-dumps.ts';
import { makeHome } from '../node/home-folder.ts';
import { openSocketServer } from '../node/socket-server.ts';
import { engineMatching } from './scanning/engine-matching.ts';
import { maxScanFrame } from './scanning/messages.ts';
import { readWatchOrder } from './scanning/root-file.ts';
import { createScanner } from './scanning/scanner-core.ts';
import { openScannerPort } from './scanning/scanner-port.ts';

/** Alone, it waits so long for the one who started it. */
const aloneMs = 60_000;
/** The next command finds it still there. */
const idleMs = 15_000;

process.on('uncaughtException', (problem) => {
  process.stderr.write(`uncaught ${placesOf(problem).join('\n')}\n`);
  process.exit(1);
});

const lookEveryMs = 10_000;

/** A vault's folder that is gone, or has another scanner's socket in it, needs this one no more. A pipe of Windows is no file. */
const leaveWithFolder = (path: string): void => {
  if (process.platform === 'win32') return;
  const mine = statSync(path, { throwIfNoEntry: false })?.ino;
  setInterval(() => {
    if (statSync(path, { throwIfNoEntry: false })?.ino !== mine) process.exit(0);
  }, lookEveryMs).unref();
};

const start = async (): Promise<void> => {
  const words = process.argv.slice(2);
  const { home } = readArguments(words);
  const alone = words.includes('--alone');
  const port = openScannerPort(() => process.exit(0));
  let connections = 0;

  // Counted from the last connection: a command that comes just then would find one that ends.
  let leaving: NodeJS.Timeout | undefined;
  const leaveSoon = (afterMs: number): void => {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      if (connections === 0 && !scanner.isWatching()) process.exit(0);
    }, afterMs);
  };

  const scanner = createScanner({
    home,
    matching: engineMatching(),
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    onLockedSight: (path, count) => port.send({ noticed: { path, count } }),
    onIdle: () => {
      if (alone) leaveSoon(idleMs);
    },
  });

  if (alone) turnOffCoreDumps();
  const server = makeHome(home).ok
    ? await openSocketServer({
        home,
        name: 'scanner',
        maxFrameBytes: maxScanFrame,
        onOpen: (connection) => {
          connections += 1;
          scanner.open(connection);
        },
        onFrame: scanner.frame,
        onClose: (connection) => {
          connections -= 1;
          scanner.lose(connection);
        },
      })
    : null;
  // Another one listens there: it serves everybody.
  if (server === null) process.exit(0);
  leaveWithFolder(server.path);
  const order = readWatchOrder(home);
  if (order !== null) scanner.watch(order);
  if (alone) leaveSoon(aloneMs);
};

await start();

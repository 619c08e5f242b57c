// Starts the scanner as a utility process: the folder, and where things are. Nothing of the shell's own surroundings besides.
import { utilityProcess } from 'electron';
import { scannerEnvironment } from '../agent-environment.ts';
import type { Home } from '../home.ts';
import type { Log } from '../log.ts';
import type { ScannerChild } from './scanner-keeper.ts';

/** As the command line starts it (agent/leaks/start-scanner.ts): what a collection of V8 frees is cleared, so that it goes with its thread. */
const nodeWords = ['--clear-free-memory'];

/** A function that starts one scanner. */
export const scannerForker = (entry: string, home: Home, log: Log) => (): ScannerChild => {
  const child = utilityProcess.fork(entry, ['--home', home.folder], {
    serviceName: 'keyturn-scanner',
    execArgv: nodeWords,
    env: scannerEnvironment(process.env),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    log('warn', 'scanner.says', { text: chunk.toString('utf8').trim() });
  });
  child.on('error', (type) => {
    log('error', 'scanner.fatal', { type });
  });
  return child;
};

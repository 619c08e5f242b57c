// Ends a scan thread that has met something, so that nothing of it is left: what a thread's heap holds when it ends is handed on as it is, and
// only what a collection frees is cleared (leaks/start-scanner.ts). So everything is let go first, and collected.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: {
  readonly type: 'major';
  readonly execution: 'sync';
  readonly flavor: 'last-resort';
}) => void;

/** Two: what the first lets go of by finalising is freed by the second. */
const rounds = 2;

/** Called with an empty stack, when the thread's work is already out of reach. */
export const leaveThread = (): void => {
  // The last text that an expression was held against is kept by the engine of JavaScript.
  /^$/.exec('');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  for (let round = 0; round < rounds; round += 1)
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  process.exit();
};

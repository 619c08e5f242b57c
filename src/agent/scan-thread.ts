// Entry of a scan thread. It gets shared memory with keyed tables in it, reads what it is told to, and says what it saw.
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { leaveThread } from './scanning/leave-thread.ts';
import { ThreadWork } from './scanning/thread-work.ts';
import type { ThreadOrder, ThreadSetup } from './scanning/thread-words.ts';

const port = parentPort;
if (port === null) throw new Error('a scan thread runs beside the scanner');

const setup = workerData as ThreadSetup;

/** What a person does in a window goes first. Only Linux has priorities of threads; elsewhere it would be the whole scanner's, and watching must not wait. */
const giveWay = (): void => {
  if (!setup.givesWay || process.platform !== 'linux') return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where a system does not allow it, everybody is alike.
  }
};
giveWay();

let work: ThreadWork | null = new ThreadWork(setup, (news) => port.postMessage(news));
// One after another: the first job of unknown values waits for the catalogue.
let before = Promise.resolve();
port.on('message', (order: ThreadOrder) => {
  if (order.what === 'leave') {
    work = null;
    before = Promise.resolve();
    setImmediate(leaveThread);
    return;
  }
  before = before.then(() => work?.obey(order));
});

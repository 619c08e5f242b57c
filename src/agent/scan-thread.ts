// Entry of a scan thread. It gets shared memory with keyed tables in it, reads what it is told to, and says what it saw.
import { parentPort, workerData } from 'node:worker_threads';
import { leaveThread } from './scanning/leave-thread.ts';
import { ThreadWork } from './scanning/thread-work.ts';
import type { ThreadOrder, ThreadSetup } from './scanning/thread-words.ts';

const port = parentPort;
if (port === null) throw new Error('a scan thread runs beside the scanner');

let work: ThreadWork | null = new ThreadWork(workerData as ThreadSetup, (news) => port.postMessage(news));
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

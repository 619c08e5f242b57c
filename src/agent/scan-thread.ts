// Entry of a scan thread. It gets shared memory with keyed tables in it, reads what it is told to, and says what it saw.
import { parentPort, workerData } from 'node:worker_threads';
import { ThreadWork } from './scanning/thread-work.ts';
import type { ThreadOrder, ThreadSetup } from './scanning/thread-words.ts';

const port = parentPort;
if (port === null) throw new Error('a scan thread runs beside the scanner');

const work = new ThreadWork(workerData as ThreadSetup, (news) => port.postMessage(news));
// One after another: the first job of unknown values waits for the catalogue.
let before = Promise.resolve();
port.on('message', (order: ThreadOrder) => {
  before = before.then(() => work.obey(order));
});

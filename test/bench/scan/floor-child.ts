// A process that starts two threads and ends with them: floor.ts.
import { Worker } from 'node:worker_threads';

const threads = Array.from({ length: 2 }, () => new Worker('', { eval: true }));
await Promise.all(threads.map((thread) => new Promise((resolve) => thread.once('exit', resolve))));

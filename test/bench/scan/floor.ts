// What a scan cannot be quicker than, whatever it looks for: Node that opens, reads and closes every file on two threads and looks at nothing, and a
// process that starts two threads and ends.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createWalk, pathInGroup } from '../../../src/node/scan/walk.ts';
import { measureBeside, type Measured } from '../measure.ts';
import type { Peer } from './peers.ts';

const threads = 2;
const threadFile = new URL('./floor-thread.ts', import.meta.url);

const filesIn = (folder: string): readonly string[] => {
  const paths: string[] = [];
  const walk = createWalk([folder], { notRead: () => undefined, everything: true });
  for (let groups = walk.next(1_000); groups !== null; groups = walk.next(1_000))
    for (const group of groups)
      for (const at of group.kinds.keys()) {
        const path = pathInGroup(group, at);
        if (typeof path === 'string') paths.push(path);
      }
  return paths;
};

const answerOf = (worker: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });

/** @param folder what is read; ripgrep looks through the same in turn */
export const measureFloor = async (
  peer: Peer,
  folder: string,
  runs: number,
): Promise<readonly Measured[]> => {
  const paths = filesIn(folder);
  const workers = Array.from({ length: threads }, () => new Worker(threadFile));
  const next = new SharedArrayBuffer(4);
  for (const worker of workers) worker.postMessage({ paths, next });
  await Promise.all(workers.map(answerOf));
  const readAll = async (): Promise<void> => {
    new Int32Array(next)[0] = 0;
    const answers = workers.map(answerOf);
    for (const worker of workers) worker.postMessage('read');
    await Promise.all(answers);
  };
  const startAndEnd = (): void => {
    const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'floor-child.ts')]);
    if (status !== 0) throw new Error('a process that does nothing failed');
  };
  const limit = { name: peer.name, run: (): void => void peer.run(folder) };
  const [base, reading] = await measureBeside(
    limit,
    { name: 'Node that reads the files on two threads and looks at nothing', run: readAll },
    runs,
  );
  await Promise.all(workers.map((worker) => worker.terminate()));
  const [, starting] = await measureBeside(
    limit,
    { name: 'a cold process of Node that starts two threads and ends', run: startAndEnd },
    runs,
  );
  return [base, reading, starting];
};

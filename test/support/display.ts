// A display for windows under test: the one there is, else a virtual one that ends with the process that asked for it,
// however that process ends.
import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

const startWithinMs = 15_000;
let started: Promise<string> | undefined;

/** The shell ends Xvfb as soon as its own input closes, which happens even when we are killed. */
const script = 'Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp -noreset & read -r _; kill $!';

const numberOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = '';
    const tooLate = setTimeout(
      () => reject(new Error('Xvfb did not start within 15 seconds')),
      startWithinMs,
    );
    child.once('exit', () =>
      reject(new Error('Xvfb could not be started: is it installed? (apt-get install xvfb)')),
    );
    (child.stdio[3] as Readable).on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (!text.includes('\n')) return;
      clearTimeout(tooLate);
      resolve(text.trim());
    });
  });

const start = async (): Promise<string> => {
  const child = spawn('sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore', 'pipe'] });
  const number = await numberOf(child);
  child.unref();
  for (const stream of [child.stdin, child.stdio[3]] as { unref?: () => void }[]) stream.unref?.();
  return `:${number}`;
};

/** Several workers at once must not share a clipboard: scripts/test.mjs says so where the display is a virtual one. */
const hasOwnDisplay = process.env['KEYTURN_DISPLAY_EACH'] === '1';

/** The display to use, or undefined where the system needs none. One per process, shared by all apps it launches. */
export const provideDisplay = (): Promise<string | undefined> => {
  if (process.platform !== 'linux') return Promise.resolve(undefined);
  if (process.env['DISPLAY'] && !hasOwnDisplay) return Promise.resolve(process.env['DISPLAY']);
  started ??= start();
  return started;
};

/** A display that nothing else uses: its clipboard is empty and its own. `close` ends it. */
export const ownDisplay = async (): Promise<{ readonly display: string; readonly close: () => void }> => {
  const child = spawn('sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore', 'pipe'] });
  const number = await numberOf(child);
  return { display: `:${number}`, close: () => child.stdin?.end() };
};

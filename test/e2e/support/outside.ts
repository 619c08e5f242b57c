// What can be seen of the app from outside it: its agent's process, the system's clipboard as another program reads it, and
// every string that a window holds in its memory.
import { expect, type Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { RunningApp } from '../../support/app.ts';
import { provideDisplay } from '../../support/display.ts';

const commandOf = (pid: string): readonly string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
};

/** The agent's process: Electron names it; the stand-in's is found among the processes of the system. */
const agentPid = async (app: RunningApp, folder: string): Promise<number | undefined> => {
  if (app.which === 'electron') {
    return app.evaluateMain(
      ({ app: main }) => main.getAppMetrics().find((metric) => metric.name === 'keyturn-agent')?.pid,
    );
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const words = commandOf(pid);
      return words.includes(folder) && words.some((word) => word.endsWith('agent.js'));
    })
    .map(Number)[0];
};

/** The agent's process, once there is one: a process that is being started does not have its name yet. Never 0, which is everybody's. */
export const agentOf = async (seat: {
  readonly app: RunningApp;
  readonly folder: string;
}): Promise<number> => {
  await expect.poll(() => agentPid(seat.app, seat.folder), { timeout: 60_000 }).toBeGreaterThan(0);
  const pid = await agentPid(seat.app, seat.folder);
  if (pid === undefined || pid <= 0) throw new Error('the agent has gone');
  return pid;
};

/** A process that has ended and waits to be counted by its parent is not alive. */
const isCounted = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') === true;
  } catch {
    return false;
  }
};

export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0) && !isCounted(pid);
  } catch {
    return false;
  }
};

/** The clipboard as another program of the same desktop reads it; through the app where the system has no such program. */
export const systemClipboard = async (app: RunningApp): Promise<string> => {
  const display = await provideDisplay();
  if (process.platform !== 'linux' || display === undefined) return app.control.clipboardText();
  const ran = spawnSync('xclip', ['-o', '-selection', 'clipboard'], {
    encoding: 'utf8',
    env: { ...process.env, DISPLAY: display },
    timeout: 5_000,
  });
  if (ran.error !== undefined) throw new Error(`xclip is missing: ${ran.error.message}`);
  // It fails where nobody owns the clipboard: then there is no text.
  return ran.status === 0 ? ran.stdout : '';
};

/** Everything that the window holds as a string, its own garbage collected before. */
export const heapOf = async (page: Page): Promise<string> => {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
};

/** What the page shows, writes into its markup, and holds in its fields. */
export const textOfPage = async (page: Page): Promise<string> => {
  const inside = await page.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea, select')] as HTMLInputElement[];
    return [document.body.textContent, document.title, ...fields.map((field) => field.value)].join('\n');
  });
  return `${inside}\n${await page.content()}`;
};

/** Half of a key is too much already: looks for its middle, so that the mask's first and last characters do not count. */
const middleOf = (secret: string): string => secret.slice(8, -6);

/** Fails where a value stands in the page, in a field of it, or in any string of the window's memory. */
export const expectNotInWindow = async (page: Page, ...secrets: readonly string[]): Promise<void> => {
  const shown = await textOfPage(page);
  const held = await heapOf(page);
  for (const secret of secrets) {
    const middle = middleOf(secret);
    expect(middle.length).toBeGreaterThan(12);
    expect(shown.includes(middle), 'the value stands in the page').toBe(false);
    expect(held.includes(middle), 'the value is a string in the window').toBe(false);
  }
};

// `keyturn unlock` without the app: starts the same agent in the background, as ssh-agent does. It ends on lock or when the
// idle time of the settings has passed. No secret stands in its arguments or environment.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectAgent, type AgentClient } from '../agent/client.ts';

const waitStepMs = 50;
/** A busy machine takes seconds to start a process. */
const waitSteps = 400;

const entries = ['../main/agent.js', '../agent/index.ts'] as const;

const entryFile = (): string | undefined =>
  entries.map((entry) => fileURLToPath(new URL(entry, import.meta.url))).find((file) => existsSync(file));

const pause = async (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Starts an agent that outlives this process and connects to it; null where it ended again, or did not answer within twenty seconds. */
export const startBackgroundAgent = async (home: string): Promise<AgentClient | null> => {
  const entry = entryFile();
  if (entry === undefined) return null;
  const child = spawn(process.execPath, [entry, '--home', home, '--background'], {
    detached: true,
    stdio: 'ignore',
    cwd: home,
  });
  child.unref();
  let isOver = false;
  child.once('exit', () => {
    isOver = true;
  });
  for (let step = 0; step < waitSteps; step += 1) {
    // It ends by itself where another one answers there already: looked at once more after its end.
    const wasOver = isOver;
    await pause(waitStepMs);
    const client = await connectAgent({ home });
    if (client.ok) return client.value;
    if (wasOver) return null;
  }
  return null;
};

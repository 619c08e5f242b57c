// `keyturn unlock` without the app: starts the same agent in the background, as ssh-agent does. It ends on lock or when the
// idle time of the settings has passed. No secret stands in its arguments or environment.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { connectAgent, type AgentClient } from '../agent/client.ts';

const waitStepMs = 50;
const waitSteps = 100;

const entries = ['../main/agent.js', '../agent/index.ts'] as const;

const entryFile = (): string | undefined =>
  entries.map((entry) => fileURLToPath(new URL(entry, import.meta.url))).find((file) => existsSync(file));

const pause = async (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Starts an agent that outlives this process and connects to it; null where none answered within five seconds. */
export const startBackgroundAgent = async (home: string): Promise<AgentClient | null> => {
  const entry = entryFile();
  if (entry === undefined) return null;
  const child = spawn(process.execPath, [entry, '--home', home, '--background'], {
    detached: true,
    stdio: 'ignore',
    cwd: home,
  });
  child.unref();
  for (let step = 0; step < waitSteps; step += 1) {
    await pause(waitStepMs);
    const client = await connectAgent({ home });
    if (client.ok) return client.value;
  }
  return null;
};

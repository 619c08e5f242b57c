// Starts the agent as a utility process. It gets the folder and next to nothing of the shell's surroundings: no NODE_OPTIONS, nothing that a
// program which started the app may have left there; of proxies the one that the system itself names.
import { utilityProcess } from 'electron';
import { agentEnvironment } from './agent-environment.ts';
import type { AgentChild } from './agent-child.ts';
import type { Home } from './home.ts';
import type { Log } from './log.ts';
import type { SystemProxy } from './system-proxy.ts';

/** A function that starts one agent process. */
export const agentForker = (entry: string, home: Home, log: Log, proxy: SystemProxy) => (): AgentChild => {
  const words = ['--home', home.folder, ...(home.demo ? ['--demo'] : [])];
  const child = utilityProcess.fork(entry, words, {
    serviceName: 'keyturn-agent',
    env: { ...agentEnvironment(process.env), ...proxy.variables() },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Looked up for the next one: an agent starts anew after each lock.
  void proxy.look();
  // The agent writes to stderr only when something is wrong; the log shortens and redacts it like everything else.
  child.stderr?.on('data', (chunk: Buffer) => {
    log('warn', 'agent.says', { text: chunk.toString('utf8').trim() });
  });
  child.on('error', (type) => {
    log('error', 'agent.fatal', { type });
  });
  return child;
};

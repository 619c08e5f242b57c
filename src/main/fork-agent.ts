// Starts the agent as a utility process. It gets the folder and next to nothing of the shell's surroundings: no NODE_OPTIONS,
// no proxy, nothing that a program which started the app may have left there.
import { utilityProcess } from 'electron';
import { agentEnvironment } from './agent-environment.ts';
import type { AgentChild } from './agent-child.ts';
import type { Home } from './home.ts';
import type { Log } from './log.ts';

/** A function that starts one agent process. */
export const agentForker = (entry: string, home: Home, log: Log) => (): AgentChild => {
  const words = ['--home', home.folder, ...(home.demo ? ['--demo'] : [])];
  const child = utilityProcess.fork(entry, words, {
    serviceName: 'keyturn-agent',
    env: agentEnvironment(process.env),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // The agent writes to stderr only when something is wrong; the log shortens and redacts it like everything else.
  child.stderr?.on('data', (chunk: Buffer) => {
    log('warn', 'agent.says', { text: chunk.toString('utf8').trim() });
  });
  child.on('error', (type) => {
    log('error', 'agent.fatal', { type });
  });
  return child;
};

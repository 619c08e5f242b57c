// The agent inside the command line's own process: the same dispatcher, no socket. Its vault closes with the process.
import { isAbsolute } from 'node:path';
import { fail } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import type { Send } from '../contract/contract.ts';
import { nodePorts } from '../node/ports.ts';
import { createAgent, type Agent } from './agent.ts';

export type OpenAgent = {
  /** As the command line: its passwords and values are copied, the caller goes on owning and wiping its own. */
  readonly send: Send;
  readonly on: Agent['on'];
  readonly close: () => Promise<void>;
};

type InProcess = {
  readonly home: string;
  /** Watches for pasted keys as long as it is unlocked. */
  readonly watches?: boolean;
};

/** @param home absolute path of the folder that holds the vault; need not be there yet */
export const openAgent = async ({ home, watches = false }: InProcess): Promise<Result<OpenAgent>> => {
  if (!isAbsolute(home)) {
    return fail(
      'bad-input',
      `The folder ${home} is not given as a whole path.`,
      'Set KEYTURN_HOME to a whole path.',
    );
  }
  const agent = createAgent({ home, watches, ports: await nodePorts() });
  const send = (name: string, input: unknown): Promise<Result<unknown>> =>
    agent.call('command-line', name, structuredClone(input));
  return ok({
    send: send as Send,
    on: agent.on,
    close: async () => {
      await agent.finish();
      agent.close();
    },
  });
};

// The shell's own calls to the agent, with their types: what comes back has the shape that the contract declares.
import type { Result } from '../core/model/result.ts';
import type { CallInput, CallName, CallOutput } from '../contract/contract.ts';
import type { AgentSupervisor } from './agent-supervisor.ts';

export type AskAgent = <N extends CallName>(name: N, input: CallInput<N>) => Promise<Result<CallOutput<N>>>;

/** Sends as `shell`. */
export const askAs =
  (supervisor: AgentSupervisor): AskAgent =>
  (name, input) =>
    supervisor.call('shell', name, input) as Promise<Result<CallOutput<typeof name>>>;

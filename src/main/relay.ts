// The window's only door. One handler on one channel of one WebContents: sender, call, input, lock state are checked here in
// the contract's order, then the shell answers itself or the agent is asked. Nothing is ever thrown across.
import { bug, fail } from './answers.ts';
import type { Result } from '../core/model/result.ts';
import { admit, livesIn } from '../contract/door.ts';
import type { Caller } from '../contract/call.ts';
import type { CallInput, CallOutput } from '../contract/contract.ts';
import type { ShellCallName } from '../contract/window-call-names.ts';
import type { Log } from './log.ts';

export type ShellHandlers = {
  readonly [N in ShellCallName]: (input: CallInput<N>) => Promise<Result<CallOutput<N>>>;
};

export type RelayPorts = {
  readonly handlers: ShellHandlers;
  readonly callAgent: (caller: Caller, name: string, input: unknown) => Promise<Result<unknown>>;
  readonly unlocked: () => boolean;
  readonly log: Log;
  readonly reportId: () => string;
};

/** A window that sends more at once than its own screens ever do is broken or hostile. */
const maxInFlight = 64;

/** Overwrites bytes that were only passing through: a password, a pasted value. */
export const wipePassedBytes = (value: unknown, depth = 0): void => {
  if (value instanceof Uint8Array) value.fill(0);
  else if (typeof value === 'object' && value !== null && depth < 4) {
    for (const part of Object.values(value)) wipePassedBytes(part, depth + 1);
  }
};

export type Relay = (caller: Caller | null, name: unknown, input: unknown) => Promise<Result<unknown>>;

export const createRelay = (ports: RelayPorts): Relay => {
  let inFlight = 0;

  const answer = (name: string, input: unknown): Promise<Result<unknown>> => {
    const handler = ports.handlers[name as ShellCallName] as (input: unknown) => Promise<Result<unknown>>;
    return handler(input);
  };

  const pass = async (caller: Caller | null, name: unknown, input: unknown): Promise<Result<unknown>> => {
    // What lives in the agent is refused there while locked; here too, so that a locked vault's calls never leave the shell.
    const admitted = admit(caller, name, input, ports.unlocked());
    if (!admitted.ok) {
      ports.log('info', 'relay.refused', { kind: admitted.error.kind });
      return admitted;
    }
    const call = admitted.value;
    return livesIn(call.name, 'shell')
      ? answer(call.name, call.input)
      : ports.callAgent('window', call.name, call.input);
  };

  return async (caller, name, input) => {
    if (inFlight >= maxInFlight) {
      return fail('busy', 'Too much is going on at once.', 'Wait a moment and try again.');
    }
    inFlight += 1;
    try {
      return await pass(caller, name, input);
    } catch (problem) {
      const reportId = ports.reportId();
      ports.log('error', 'relay.bug', {
        reportId,
        type: problem instanceof Error ? problem.name : typeof problem,
      });
      return bug('Keyturn made a mistake here. Nothing else was changed.', reportId);
    } finally {
      inFlight -= 1;
      wipePassedBytes(input);
    }
  };
};

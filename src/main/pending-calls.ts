// The calls that were sent to the agent and not answered yet. Every one ends: with its answer, with its time, or with the
// agent's exit.
import { fail } from './answers.ts';
import type { Result } from '../core/model/result.ts';
import { timeoutMsOf } from './call-times.ts';

type Pending = { readonly name: string; readonly settle: (result: Result<unknown>) => void };
type After = (ms: number, task: () => void) => () => void;

export type PendingCalls = {
  /** Notes a call and sends it under its id. */
  readonly send: (name: string, post: (id: number) => void) => Promise<Result<unknown>>;
  readonly nameOf: (id: number) => string | null;
  readonly settle: (id: number, result: Result<unknown>) => void;
  /** Settles all of them, each with what `resultOf` says for its call. */
  readonly settleAll: (resultOf: (name: string) => Result<unknown>) => void;
};

const unanswered = (timeoutMs: number): Result<unknown> =>
  fail(
    'busy',
    `Keyturn did not finish this within ${timeoutMs / 1_000} s.`,
    'Try again; if it stays so, lock the vault and unlock it.',
  );

export const createPendingCalls = (after: After, timedOut: (name: string) => void): PendingCalls => {
  const pending = new Map<number, Pending>();
  let nextId = 1;

  const send: PendingCalls['send'] = (name, post) =>
    new Promise((resolve) => {
      const id = nextId;
      nextId += 1;
      const timeoutMs = timeoutMsOf(name);
      const cancel = after(timeoutMs, () => {
        pending.delete(id);
        timedOut(name);
        resolve(unanswered(timeoutMs));
      });
      pending.set(id, {
        name,
        settle: (result) => {
          cancel();
          pending.delete(id);
          resolve(result);
        },
      });
      post(id);
    });

  return {
    send,
    nameOf: (id) => pending.get(id)?.name ?? null,
    settle: (id, result) => {
      pending.get(id)?.settle(result);
    },
    settleAll: (resultOf) => {
      for (const call of [...pending.values()]) call.settle(resultOf(call.name));
    },
  };
};

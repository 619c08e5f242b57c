// Reads the plan of a turn: first what is known here, then what the provider tells, which can be stopped. Again whenever a choice changes.
import { useEffect, useRef, useState } from 'react';
import type { CallInput } from '../../../contract/contract.ts';
import type { AppError } from '../../../core/model/app-error.ts';
import { call } from '../../lib/call.ts';
import type { TurnPlan } from '../../lib/types.ts';

export type PlanWork = {
  readonly plan: TurnPlan | null;
  readonly error: AppError | null;
  /** The provider is being read. */
  readonly reads: boolean;
  /** What is shown is known from here alone: the person did not wait for the provider. */
  readonly onlyLocal: boolean;
  readonly stop: () => void;
};

const idDigits = 32;
let lastTask = 0;

/** Only this window names its tasks: a number of its own is enough. */
const nextTaskId = (): string => {
  lastTask += 1;
  return (Date.now() * 4_096 + lastTask).toString(16).padStart(idDigits, '0');
};

const settleMs = 250;

export const usePlan = (input: CallInput<'rotation.plan'>, wanted = true): PlanWork => {
  const [state, setState] = useState<Omit<PlanWork, 'stop'>>({
    plan: null,
    error: null,
    reads: wanted,
    onlyLocal: true,
  });
  const taskId = useRef<string | null>(null);
  const first = useRef(true);
  const about = JSON.stringify(input);
  useEffect(() => {
    if (!wanted) return undefined;
    let live = true;
    const asked = JSON.parse(about) as CallInput<'rotation.plan'>;
    type Result = Awaited<ReturnType<typeof call<'rotation.plan'>>>;
    /** @param more whether the provider is asked next */
    const take = (result: Result, local: boolean, more: boolean): void => {
      if (!live) return;
      setState((before) => ({
        plan: result.ok ? result.value : before.plan,
        error: result.ok || (!local && result.error.kind === 'cancelled') ? null : result.error,
        reads: more && result.ok,
        onlyLocal: local || !result.ok,
      }));
    };
    const isFirst = first.current;
    first.current = false;
    // Later the plan that is shown stays until the provider has answered again, or is left alone.
    const readHere = async (): Promise<boolean> => {
      const known = await call('rotation.plan', { ...asked, local: true });
      take(known, true, isFirst);
      return known.ok;
    };
    const read = async (): Promise<void> => {
      if (isFirst && !(await readHere())) return;
      if (!live) return;
      const id = nextTaskId();
      taskId.current = id;
      const told = await call('rotation.plan', { ...asked, taskId: id });
      if (taskId.current === id) taskId.current = null;
      take(told, false, false);
      // Of what was chosen since the last reading at least what is known here: never a plan of other choices.
      if (!isFirst && !told.ok && told.error.kind === 'cancelled') await readHere();
    };
    setState((before) => ({ ...before, reads: true }));
    const timer = setTimeout(() => void read(), isFirst ? 0 : settleMs);
    return () => {
      live = false;
      clearTimeout(timer);
      stop(taskId.current);
    };
  }, [about, wanted]);
  return { ...state, stop: () => stop(taskId.current) };
};

const stop = (id: string | null): void => {
  if (id !== null) void call('task.cancel', { taskId: id });
};

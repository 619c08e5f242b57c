// What the desk of a rotation goes through in an agent that killing/preload.ts was loaded into: the process is killed with SIGKILL around one of
// the things that the machine does there, counted from the start of the process.
import type { Desk } from '../../../src/core/rotation/desk.ts';

type Plan = { readonly at: number; readonly when: 'before' | 'after' };

const plan = ((): Plan | undefined => {
  const [, when, at] = /^(before|after):(\d+)$/.exec(process.env['KEYTURN_TEST_DIE'] ?? '') ?? [];
  return when === 'before' || when === 'after' ? { when, at: Number(at) } : undefined;
})();

let count = 0;

const die = (what: string): void => {
  process.stderr.write(`dies ${plan?.when ?? ''} ${what}\n`);
  process.kill(process.pid, 'SIGKILL');
};

const around = <A extends readonly unknown[], R>(what: string, act: (...args: A) => R) => {
  return (...args: A): R => {
    count += 1;
    const isIt = plan !== undefined && count === plan.at;
    if (isIt && plan.when === 'before') die(what);
    const result = act(...args);
    if (isIt && plan.when === 'after') {
      if (result instanceof Promise) void result.finally(() => die(what));
      else die(what);
    }
    return result;
  };
};

/** @param desk the real one */
export const watched = (desk: Desk | undefined): Desk | undefined => {
  if (desk === undefined) return undefined;
  const { remote } = desk;
  return {
    ...desk,
    save: around('a save', desk.save),
    deliver: around('deliver', desk.deliver),
    remote: {
      ...remote,
      look: around('look', remote.look),
      make: around('make', remote.make),
      unmake: remote.unmake === null ? null : around('unmake', remote.unmake),
      revoke: around('revoke', remote.revoke),
      ask: around('ask', remote.ask),
    },
  };
};

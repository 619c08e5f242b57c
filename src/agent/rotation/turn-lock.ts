// Whoever drives a turn is the only one who does, among all processes that have this vault: two of them would ask a provider twice. Held by the
// operating system on a file beside the vault, so that the death of a process frees it at once, and no clock has a say.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { lockFile } from '../../node/file-lock.ts';

export type TurnLock = {
  /** Takes it, once more where this process has it already; gives the way to let it go again. `busy` where another process has it. */
  readonly take: () => Result<() => void>;
};

const taken = fail(
  'busy',
  'Another Keyturn on this machine is turning a key right now.',
  'Wait until it is done, or close it.',
);

/** @param path of the file that is locked; made where it is missing, nothing is ever written into it */
export const createTurnLock = (path: string): TurnLock => {
  let unlock: () => void = () => undefined;
  let holders = 0;
  return {
    take: () => {
      if (holders === 0) {
        const locked = lockFile(path);
        if (!locked.ok) return locked.error.kind === 'busy' ? taken : locked;
        unlock = locked.value;
      }
      holders += 1;
      let held = true;
      return ok(() => {
        if (!held) return;
        held = false;
        holders -= 1;
        if (holders === 0) unlock();
      });
    },
  };
};

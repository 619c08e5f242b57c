// Takes tables up as they come in portions, and wipes what is not handed on.
import type { Portion } from './messages.ts';

export type Announced = {
  readonly generation: string;
  readonly head: string;
  readonly parts: readonly number[];
};
export type Taken = Announced & { readonly bytes: readonly Uint8Array<ArrayBuffer>[] };

export type Intake = {
  /** Begins anew; what was half there is wiped. */
  readonly announce: (announced: Announced) => Taken | null;
  /** Takes a portion; gives the whole once it is there. `false` for one that nobody announced: the peer breaks the rules. */
  readonly take: (portion: Portion) => Taken | null | false;
  readonly wipe: () => void;
};

export const createIntake = (): Intake => {
  let announced: Announced | null = null;
  let bytes: Uint8Array<ArrayBuffer>[] = [];
  let filled: number[] = [];

  const forget = (): void => {
    announced = null;
    bytes = [];
    filled = [];
  };
  const wipe = (): void => {
    for (const part of bytes) part.fill(0);
    forget();
  };
  const whole = (): Taken | null => {
    if (announced === null || announced.parts.some((size, at) => filled[at] !== size)) return null;
    const taken = { ...announced, bytes };
    forget();
    return taken;
  };

  return {
    announce: (next) => {
      wipe();
      announced = next;
      bytes = next.parts.map((size) => new Uint8Array(new ArrayBuffer(size)));
      filled = next.parts.map(() => 0);
      return whole();
    },
    take: ({ part, bytes: portion }) => {
      const room = typeof part === 'number' ? bytes[part] : undefined;
      const at = typeof part === 'number' ? (filled[part] ?? 0) : 0;
      if (typeof part !== 'number' || room === undefined || at + portion.length > room.length) return false;
      room.set(portion, at);
      filled[part] = at + portion.length;
      return whole();
    },
    wipe,
  };
};

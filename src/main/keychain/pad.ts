// The half of the secret that lives in this process alone, and only for the chosen time.
export type PadPorts = {
  readonly nowMs: () => number;
  readonly after: (ms: number, task: () => void) => () => void;
};

export type Pad = {
  /** The bytes while the time is not over; they must not be kept. */
  readonly live: () => { readonly bytes: Uint8Array; readonly untilMs: number } | null;
  /** Takes the bytes over and wipes the ones before. */
  readonly set: (bytes: Uint8Array, forMs: number) => void;
  readonly drop: () => void;
};

type Held = {
  readonly bytes: Uint8Array;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly cancel: () => void;
};

export const createPad = ({ nowMs, after }: PadPorts): Pad => {
  let held: Held | null = null;
  const drop = (): void => {
    held?.cancel();
    held?.bytes.fill(0);
    held = null;
  };
  return {
    // A clock that was set back ends it as well.
    live: () => {
      if (held !== null && (nowMs() >= held.untilMs || nowMs() < held.fromMs)) drop();
      return held;
    },
    set: (bytes, forMs) => {
      drop();
      const fromMs = nowMs();
      held = { bytes, fromMs, untilMs: fromMs + forMs, cancel: after(forMs, drop) };
    },
    drop,
  };
};

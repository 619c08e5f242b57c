// Things a caller may come back to by id for a while. Bounded: the oldest goes when there are too many, so that a caller that
// never discards cannot fill the agent.
import type { RecordId } from '../core/model/ids.ts';

export type Holder<T> = {
  readonly put: (id: RecordId, value: T) => void;
  readonly get: (id: RecordId) => T | undefined;
  readonly drop: (id: RecordId) => void;
  readonly clear: () => void;
};

/** @param release called with each thing that is let go or replaced */
export const createHolder = <T>(max: number, release: (value: T) => void): Holder<T> => {
  const held = new Map<RecordId, T>();
  const drop = (id: RecordId): void => {
    const value = held.get(id);
    if (value === undefined) return;
    held.delete(id);
    release(value);
  };
  return {
    put: (id, value) => {
      if (held.get(id) !== value) drop(id);
      held.set(id, value);
      const [oldest] = held.keys();
      if (held.size > max && oldest !== undefined) drop(oldest);
    },
    get: (id) => held.get(id),
    drop,
    clear: () => {
      for (const id of [...held.keys()]) drop(id);
    },
  };
};

// Wrong passwords: how long the window must wait before the next try, and what the audit trail hears of it once the vault is
// open. Kept in a plain file because the vault is closed then: it tells times and doors, nothing else.
import * as v from 'valibot';
import type { Files } from '../core/ports.ts';
import type { AuditInput } from '../core/vault/vault-types.ts';

const shape = v.strictObject({
  count: v.pipe(v.number(), v.integer(), v.minValue(0)),
  recent: v.pipe(
    v.array(v.strictObject({ atMs: v.pipe(v.number(), v.integer(), v.minValue(0)), by: v.string() })),
    v.maxLength(50),
  ),
});
type Failures = v.InferOutput<typeof shape>;

const none: Failures = { count: 0, recent: [] };
const maxBytes = 65_536;
const kept = 50;
/** Slips of the finger cost nothing. */
const freeTries = 3;
const firstDelayMs = 1_000;
const longestDelayMs = 300_000;

/** How long after the last of `count` wrong passwords the window waits, in milliseconds. */
export const delayAfter = (count: number): number =>
  count < freeTries ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(count - freeTries, 20));

export type FailedUnlocks = {
  readonly add: (nowMs: number, by: string) => void;
  /** Before this the window's next try is refused; null where it is free. */
  readonly retryAtMs: (nowMs: number) => number | null;
  /** What to tell the audit trail now that the vault is open; forgets everything. */
  readonly settle: () => readonly AuditInput[];
};

const read = (files: Files, file: string): Failures => {
  if (!files.exists(file)) return none;
  const bytes = files.read(file, maxBytes);
  if (!bytes.ok) return none;
  try {
    const parsed = v.safeParse(shape, JSON.parse(new TextDecoder().decode(bytes.value)));
    return parsed.success ? parsed.output : none;
  } catch {
    return none;
  }
};

export const createFailedUnlocks = (files: Files, file: string): FailedUnlocks => {
  // Another process may add to the file: it is read each time, which costs little beside a key derivation.
  const load = (): Failures => read(files, file);
  return {
    add: (nowMs, by) => {
      const before = load();
      const after: Failures = {
        count: before.count + 1,
        recent: [...before.recent, { atMs: nowMs, by }].slice(-kept),
      };
      // A folder that cannot be written to must not keep a person from trying again.
      files.writeAtomic(file, new TextEncoder().encode(`${JSON.stringify(after)}\n`), 0o600);
    },
    retryAtMs: (nowMs) => {
      const { count, recent } = load();
      const last = recent.at(-1);
      if (last === undefined) return null;
      const untilMs = last.atMs + delayAfter(count);
      // A clock that was set back must not lock a person out for longer than the longest delay.
      return untilMs > nowMs && untilMs - nowMs <= longestDelayMs ? untilMs : null;
    },
    settle: () => {
      const { count, recent } = load();
      if (count === 0) return [];
      files.remove(file);
      const unnamed = count - recent.length;
      const lines = recent.map(({ atMs, by }) => ({
        event: 'unlock-failed',
        by,
        detail: { what: `wrong password at ${new Date(atMs).toISOString()}` },
      }));
      return unnamed > 0
        ? [
            {
              event: 'unlock-failed',
              by: 'app',
              detail: { what: `${String(unnamed)} earlier wrong passwords` },
            },
            ...lines,
          ]
        : lines;
    },
  };
};

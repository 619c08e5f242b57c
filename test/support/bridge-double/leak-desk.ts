// Stands in for the agent's calls about pasted keys in tests of the window: a list of findings in memory that changes as the agent would
// change it. Every input and every answer is held to the contract, so that the window never meets what the app could not give it.
import * as v from 'valibot';
import { calls, type CallInput, type CallName, type CallOutput } from '../../../src/contract/contract.ts';
import { admit } from '../../../src/contract/door.ts';
import type { Result } from '../../../src/core/model/result.ts';
import {
  noScan,
  sampleGuards,
  sampleRoots,
  type Found,
  type Guard,
  type Root,
  type Scan,
} from './sample-findings.ts';

type Answer<N extends CallName> = Result<CallOutput<N>> | Promise<Result<CallOutput<N>>>;
type Group = 'leaks' | 'scan' | 'watch' | 'guard';
type DeskCall = Exclude<
  Extract<CallName, `${Group}.${string}`>,
  'leaks.open' | 'scan.addFolder' | 'scan.follow' | 'leaks.clipboard'
>;
type Table = { readonly [N in DeskCall]: (input: CallInput<N>) => Answer<N> };
type Emit = (event: string, payload: unknown) => void;

export type LeakDesk = {
  findings: readonly Found[];
  scan: Scan;
  roots: readonly Root[];
  guards: readonly Guard[];
  watch: CallOutput<'watch.read'>;
  /** What begins a draft: the agent that holds drafts. */
  draft: () => Promise<Result<CallOutput<'draft.begin'>>>;
  /** Names of the calls that came, in their order. */
  readonly asked: CallName[];
  emit: Emit;
  /** A scan has come further. */
  readonly progress: (part: Partial<Scan>) => void;
  readonly answer: (name: string, input: unknown) => Promise<Result<unknown>> | null;
};

const ok = <T>(value: T): Result<T> => ({ ok: true, value });
const gone: Result<never> = {
  ok: false,
  error: {
    kind: 'not-found',
    message: 'That place is not there any more.',
    next: 'Look again to see where the key is now.',
  },
};

const ranks = ['critical', 'high', 'medium', 'low'] as const;
const isOpen = ({ state }: Found): boolean => state === 'open' || state === 'returned';

const isPresent = ({ state }: Found): boolean => state !== 'gone' && state !== 'resolved';

const heatOf = (findings: readonly Found[]): CallOutput<'leaks.heat'> => {
  const cells = new Map<string, CallOutput<'leaks.heat'>[number]>();
  for (const { keyId, valueMark, name, place, severity } of findings.filter(isPresent)) {
    const at = `${keyId ?? valueMark ?? ''} ${place.kind}`;
    const cell = cells.get(at) ?? {
      keyId,
      valueMark,
      name: name ?? 'Unknown value',
      place: place.kind,
      count: 0,
      worst: 'low',
    };
    const worst = ranks.indexOf(severity) < ranks.indexOf(cell.worst) ? severity : cell.worst;
    cells.set(at, { ...cell, count: cell.count + 1, worst });
  }
  return [...cells.values()];
};

const blastOf = (findings: readonly Found[], atMs: number): CallOutput<'leaks.blast'> => {
  const seen = findings.filter(({ keyId, firstSeenMs }) => keyId !== null && firstSeenMs <= atMs);
  const keys = [...new Set(seen.map(({ keyId }) => keyId))];
  const worst = (keyId: string | null): number =>
    Math.min(...seen.filter((each) => each.keyId === keyId).map(({ severity }) => ranks.indexOf(severity)));
  return keys
    .toSorted((left, right) => worst(left) - worst(right))
    .map((keyId, rank) => {
      const own = seen.filter((each) => each.keyId === keyId);
      return {
        keyId: keyId ?? '',
        name: own[0]?.name ?? '',
        rank,
        why: own[0]?.why[0] ?? '',
        places: own.map(({ place }) => place),
      };
    });
};

const contextOf = ({ place, masked }: Found): CallOutput<'leaks.context'> => {
  const at = place.line ?? 1;
  const first = Math.max(1, at - 2);
  return {
    at,
    lines: Array.from({ length: 5 }, (_, index) => first + index).map((line) => ({
      line,
      text: line === at ? `  apiKey: "${masked}",` : `  // line ${line} of the file`,
    })),
  };
};

const scrubOf = ({ id, place, masked, scrub }: Found): CallOutput<'leaks.planScrub'> => ({
  scrubId: id,
  path: place.path,
  what: scrub ?? 'replace',
  before: `API_KEY=${masked}`,
  after: scrub === 'remove-line' ? '' : 'API_KEY=',
  canUndo: true,
});

const tableOf = (desk: LeakDesk): Table => {
  const find = (id: string): Found | undefined => desk.findings.find((each) => each.id === id);
  const tell = (): void =>
    desk.emit('leaks.changed', { open: desk.findings.filter(isOpen).length, watch: desk.watch, news: null });
  const changed = (id: string, part: Partial<Found>): Result<Found> => {
    const found = find(id);
    if (found === undefined) return gone;
    const next = { ...found, ...part, stateAtMs: Date.now() };
    desk.findings = desk.findings.map((each) => (each === found ? next : each));
    tell();
    return ok(next);
  };
  const withFinding = <T>(id: string, make: (found: Found) => T): Result<T> => {
    const found = find(id);
    return found === undefined ? gone : ok(make(found));
  };
  const scanning = (part: Partial<Scan>): Result<Scan> => {
    desk.progress(part);
    return ok(desk.scan);
  };
  const guarded = (repo: string, part: Partial<Guard>): Result<Guard> => {
    desk.guards = desk.guards.map((each) => (each.repo === repo ? { ...each, ...part } : each));
    const guard = desk.guards.find((each) => each.repo === repo);
    return guard === undefined ? gone : ok(guard);
  };
  return {
    'leaks.list': ({ keyId, states }) => {
      const findings = desk.findings.filter(
        (each) => (keyId === undefined || each.keyId === keyId) && (states?.includes(each.state) ?? true),
      );
      return ok({ findings, total: findings.length });
    },
    'leaks.context': ({ id }) => {
      const found = find(id);
      return found === undefined || found.state === 'gone' ? gone : ok(contextOf(found));
    },
    'leaks.heat': () => ok(heatOf(desk.findings)),
    'leaks.blast': ({ atMs }) => ok(blastOf(desk.findings, atMs)),
    'leaks.accept': ({ id, reason, untilMs }) =>
      changed(id, { state: 'accepted', accepted: { reason, untilMs } }),
    'leaks.reopen': ({ id }) => changed(id, { state: 'open', accepted: null }),
    'leaks.take': () => desk.draft(),
    'leaks.ask': ({ id }) => {
      const asked = changed(id, { liveState: 'valid' });
      return asked.ok ? ok({ state: 'valid', reason: 'It may read and write.' }) : asked;
    },
    'leaks.planScrub': ({ id }) => withFinding(id, scrubOf),
    'leaks.scrub': ({ id }) => {
      const plan = withFinding(id, scrubOf);
      if (plan.ok) changed(id, { state: 'gone' });
      return plan;
    },
    'leaks.undoScrub': ({ scrubId }) => {
      const back = changed(scrubId, { state: 'open' });
      return back.ok ? ok(undefined) : back;
    },
    'leaks.where': ({ id }) =>
      withFinding(id, ({ place: { path, line, column } }) => ({ path, line, column })),
    'scan.roots': () => ok([...desk.roots]),
    'scan.setRoots': ({ roots }) => {
      desk.roots = desk.roots.map((root) => ({ ...root, ...roots.find(({ path }) => path === root.path) }));
      return ok([...desk.roots]);
    },
    'scan.addPath': ({ path }) => {
      const added: Root = {
        path,
        origin: 'chosen',
        kind: null,
        chosen: true,
        reads: 'Every file below this folder, and the history of the repositories in it.',
        history: true,
        watched: false,
      };
      desk.roots = [added, ...desk.roots];
      return ok([...desk.roots]);
    },
    'scan.start': () =>
      scanning({ ...noScan, state: 'running', startedAtMs: Date.now(), label: '/home/you/src' }),
    'scan.read': () => ok(desk.scan),
    'scan.pause': () => scanning({ state: 'paused' }),
    'scan.resume': () => scanning({ state: 'running' }),
    'scan.cancel': () => scanning({ state: 'cancelled', endedAtMs: Date.now() }),
    'watch.read': () => ok(desk.watch),
    'watch.set': ({ on }) => {
      desk.watch = { ...desk.watch, watching: on };
      tell();
      return ok(desk.watch);
    },
    'guard.status': () => ok([...desk.guards]),
    'guard.install': ({ repo, prePush }) => guarded(repo, { installed: true, prePush }),
    'guard.remove': ({ repo }) => guarded(repo, { installed: false, prePush: false }),
    'guard.names': () => ok([]),
  };
};

/** A desk with nothing on it: no scan yet, some roots proposed, two repositories. */
export const createLeakDesk = (): LeakDesk => {
  const desk: LeakDesk = {
    findings: [],
    scan: noScan,
    roots: sampleRoots,
    guards: sampleGuards,
    watch: { watching: false, folders: 214, polling: 0, warnings: [] },
    draft: () => Promise.resolve(gone),
    asked: [],
    emit: () => undefined,
    progress: (part) => {
      desk.scan = { ...desk.scan, ...part };
      desk.emit('scan.progress', desk.scan);
    },
    answer: (name, input) => {
      const handler = (table as Readonly<Record<string, ((input: never) => Answer<CallName>) | undefined>>)[
        name
      ];
      if (handler === undefined) return null;
      const admitted = admit('shell', name, input, true);
      if (!admitted.ok) return Promise.resolve(admitted);
      desk.asked.push(admitted.value.name);
      return Promise.resolve(handler(admitted.value.input as never)).then((result) => {
        if (result.ok) v.parse(calls[admitted.value.name].output, result.value);
        return result;
      });
    },
  };
  const table = tableOf(desk);
  return desk;
};

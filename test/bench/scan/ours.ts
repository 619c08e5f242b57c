// The product's own scan threads, as the scanner starts them, on a corpus: what they see and how long it takes.
import { randomBytes } from 'node:crypto';
import { engineMatching } from '../../../src/agent/scanning/engine-matching.ts';
import { startPool, type Pool } from '../../../src/agent/scanning/pool.ts';
import type { Patterns, ThreadNews, ThreadSeen } from '../../../src/agent/scanning/thread-words.ts';
import { buildSessionTables } from '../../../src/node/scan/tables.ts';
import { createWalk } from '../../../src/node/scan/walk.ts';

const filesPerJob = 128;

export type KnownValue = { readonly slot: number; readonly value: string; readonly publicLength: number };

export type FoundObjects = { readonly ids: readonly string[]; readonly bytes: number };

export type Scanner = {
  readonly files: (roots: readonly string[], patterns: Patterns) => Promise<readonly ThreadSeen[]>;
  /** Which objects of a history hold something, and how many bytes were matched for that. */
  readonly history: (repo: string, patterns: Patterns) => Promise<FoundObjects>;
  /** Those objects again, where they stand. */
  readonly place: (
    repo: string,
    patterns: Patterns,
    ids: readonly string[],
  ) => Promise<readonly ThreadSeen[]>;
  readonly end: () => Promise<void>;
};

const random = { bytes: (length: number): Uint8Array => new Uint8Array(randomBytes(length)) };

const lister = (): { readonly hear: (news: ThreadNews) => void; readonly seen: ThreadSeen[] } => {
  const seen: ThreadSeen[] = [];
  return { seen, hear: (news) => void (news.what === 'seen' && seen.push(news.seen)) };
};

const scannerOn = (pool: Pool, threads: number): Scanner => ({
  files: async (roots, patterns) => {
    const { seen, hear } = lister();
    const jobs: Promise<void>[] = [];
    const walk = createWalk(roots, { notRead: () => undefined, everything: true });
    for (let groups = walk.next(filesPerJob); groups !== null; groups = walk.next(filesPerJob)) {
      jobs.push(pool.run({ what: 'files', patterns, groups, look: [], index: null, everything: true }, hear));
      await new Promise(setImmediate);
    }
    await Promise.all(jobs);
    return seen;
  },
  history: async (repo, patterns) => {
    const ids = new Set<string>();
    let bytes = 0;
    const hear = (news: ThreadNews): void => {
      if (news.what === 'objects') for (const id of news.ids) ids.add(id);
      else if (news.what === 'step') bytes += news.bytes;
    };
    const shares = Array.from({ length: threads }, (_, share) =>
      pool.run({ what: 'history', patterns, repo, share, of: threads }, hear),
    );
    await Promise.all(shares);
    return { ids: [...ids], bytes };
  },
  place: async (repo, patterns, ids) => {
    const { seen, hear } = lister();
    await pool.run({ what: 'objects', patterns, repo, ids }, hear);
    return seen;
  },
  end: () => pool.end(),
});

/** Threads with the tables of the values in their memory. */
export const startScanner = (values: readonly KnownValue[], threads = 2): Scanner => {
  // Before the tables are made, as the scanner does it.
  const pool = startPool(threads, true);
  const wanted = values.map(({ slot, value, publicLength }) => ({
    slot,
    bytes: new TextEncoder().encode(value),
    publicLength,
  }));
  const { tables } = buildSessionTables(wanted, random);
  const eyes = engineMatching().ofSession(
    'bench',
    JSON.stringify(tables.head),
    [random.bytes(32) as Uint8Array<ArrayBuffer>, new Uint8Array(new ArrayBuffer(0)), ...tables.parts],
    threads,
  );
  if (eyes === null) throw new Error('the tables were not taken');
  pool.equip(eyes);
  return scannerOn(pool, threads);
};

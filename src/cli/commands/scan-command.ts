// scan: looks for keys where they should not be. The reading is done by the scanner; here it is asked for, followed and told.
import { realpathSync, writeFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallInput, Send } from '../../contract/contract.ts';
import { version } from '../version.ts';
import type { Command, Context } from '../command.ts';
import { sarifOf } from '../sarif.ts';
import { findingJson, scanText, type Finding, type Scan } from '../scan-words.ts';

const mostPaths = 500;
const lookEveryMs = 200;

type Wanted = { readonly input: CallInput<'scan.start'>; readonly covers: (finding: Finding) => boolean };

const realPaths = (words: readonly string[]): Result<readonly string[]> => {
  const paths: string[] = [];
  for (const word of words) {
    try {
      paths.push(realpathSync(resolve(word)));
    } catch {
      return fail('bad-input', `There is nothing at ${word}.`, 'Check the path.', { file: word });
    }
  }
  return ok(paths);
};

const isBelow = (path: string, root: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

const inHistory = ({ place }: Finding): boolean => place.commit !== null;

/** The well-known places that are chosen: what was found in them belongs to a scan of them. */
const placesOf = async (send: Send): Promise<Result<readonly string[]>> => {
  const roots = await send('scan.roots', {});
  return roots.ok
    ? ok(roots.value.filter(({ origin, chosen }) => origin === 'place' && chosen).map(({ path }) => path))
    : roots;
};

const wantedOf = ({ words }: Context, known: readonly string[]): Result<Wanted> => {
  const places = words.flags.has('places');
  const staged = words.flags.has('staged');
  const history = words.flags.has('history');
  const given = words.positionals.length === 0 && !places ? ['.'] : words.positionals;
  const paths = realPaths(given);
  if (!paths.ok) return paths;
  const roots = paths.value;
  return ok({
    input: { paths: [...roots], places, staged, history, allPatterns: words.flags.has('all-patterns') },
    covers: (finding) => {
      const { path, kind } = finding.place;
      if (staged)
        return kind === 'staged' && roots.some((root) => isBelow(path, root) || isBelow(root, path));
      // Commits that were not pushed are part of every scan.
      if (inHistory(finding) && !history && finding.facts.pushed !== false) return false;
      return (
        roots.some((root) => isBelow(path, root) || (inHistory(finding) && isBelow(root, path))) ||
        known.some((place) => isBelow(path, place))
      );
    },
  });
};

/** Shows how far it is until it is over; Ctrl-C stops it, and what was found until then is told. */
const follow = async ({ terminal }: Context, send: Send): Promise<Result<Scan>> => {
  const cancel = (): void => void send('scan.cancel', {});
  process.once('SIGINT', cancel);
  const over = send('scan.follow', {});
  let isOver = false;
  void over.finally(() => {
    isOver = true;
  });
  try {
    while (!isOver) {
      const scan = await send('scan.read', {});
      if (scan.ok && scan.value.state === 'running') {
        const { filesScanned, filesUnchanged, bytesScanned, bytesTotal } = scan.value;
        const label = `Reading: ${String(filesScanned + filesUnchanged)} files`;
        terminal.progress(label, bytesScanned, bytesTotal);
      }
      await Promise.race([over, new Promise((resolveLater) => setTimeout(resolveLater, lookEveryMs))]);
    }
    return await over;
  } finally {
    terminal.endProgress();
    process.removeListener('SIGINT', cancel);
  }
};

const failed = fail(
  'io',
  'The scan could not be finished.',
  'Run it again; keyturn doctor says what is missing.',
);

/** Begins a scan, follows it, and gives what stands where it looked. */
export const scanAndList = async (
  context: Context,
  send: Send,
  { input, covers }: Wanted,
): Promise<Result<{ readonly scan: Scan; readonly findings: readonly Finding[] }>> => {
  const started = await send('scan.start', input);
  if (!started.ok) return started;
  const scan = await follow(context, send);
  if (!scan.ok) return scan;
  if (scan.value.state === 'failed') return failed;
  const listed = await send('leaks.list', { states: ['open', 'returned'] });
  return listed.ok ? ok({ scan: scan.value, findings: listed.value.findings.filter(covers) }) : listed;
};

const writeSarif = (file: string, findings: readonly Finding[]): Result<undefined> => {
  try {
    writeFileSync(resolve(file), `${JSON.stringify(sarifOf(findings, version), null, 2)}\n`, { mode: 0o600 });
    return ok(undefined);
  } catch {
    return fail('io', `${file} could not be written.`, 'Check the path and its permissions.', { file });
  }
};

export const scan: Command = {
  summary: 'look for keys where they should not be; exit code 1 where some are',
  usage:
    'keyturn scan [PATH…] [--staged] [--history] [--places] [--all-patterns] [--everything] [--sarif FILE]',
  options: {
    staged: 'flag',
    history: 'flag',
    places: 'flag',
    'all-patterns': 'flag',
    everything: 'flag',
    sarif: 'value',
  },
  positionals: [0, mostPaths],
  run: async (context) => {
    const given = wantedOf(context, []);
    if (!given.ok) return given;
    const door = await context.unlocked();
    if (!door.ok) return door;
    const places = context.words.flags.has('places') ? await placesOf(door.value.send) : ok([]);
    if (!places.ok) return places;
    const wanted = wantedOf(context, places.value);
    if (!wanted.ok) return wanted;
    const input = { ...wanted.value.input, everything: context.words.flags.has('everything') };
    const done = await scanAndList(context, door.value.send, { ...wanted.value, input });
    if (!done.ok) return done;
    const { scan: view, findings } = done.value;
    const sarif = context.words.values.get('sarif');
    const written = sarif === undefined ? ok(undefined) : writeSarif(sarif, findings);
    if (!written.ok) return written;
    const durationMs = (view.endedAtMs ?? 0) - (view.startedAtMs ?? 0);
    return ok({
      json: {
        findings: findings.map(findingJson),
        filesScanned: view.filesScanned,
        bytesScanned: view.bytesScanned,
        durationMs,
        filesUnchanged: view.filesUnchanged,
        notRead: view.notRead,
        state: view.state,
      },
      text: scanText(findings, view),
      code: findings.length > 0 ? 1 : view.state === 'cancelled' ? 6 : 0,
    });
  },
};

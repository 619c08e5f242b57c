// The history of a repository with own keys and patterns, on one thread and on two: which objects hold something. Where those stand git is asked
// once afterwards; that is told apart, since it costs by the history and not by what is found.
import { spawnSync } from 'node:child_process';
import { measure, type Measured } from '../measure.ts';
import { startScanner, type KnownValue } from './ours.ts';

const runs = 3;
const idsAtOnce = 400;

const gitCount = (repo: string, words: readonly string[]): number =>
  Number(spawnSync('git', ['-C', repo, ...words], { encoding: 'utf8' }).stdout.trim());

/** Objects in packs, as git counts them. */
const packedObjects = (repo: string): number =>
  Number(
    /^in-pack: (\d+)$/m.exec(
      spawnSync('git', ['-C', repo, 'count-objects', '-v'], { encoding: 'utf8' }).stdout,
    )?.[1] ?? Number.NaN,
  );

export type MeasuredHistory = { readonly measured: readonly Measured[]; readonly notes: readonly string[] };

export const measureHistory = async (
  repo: string,
  values: readonly KnownValue[],
): Promise<MeasuredHistory> => {
  const measured: Measured[] = [];
  const notes: string[] = [];
  const [commits, objects] = [gitCount(repo, ['rev-list', '--all', '--count']), packedObjects(repo)];
  for (const threads of [1, 2])
    for (const patterns of ['none', 'prefixed'] as const) {
      const one = startScanner(values, threads);
      const what = patterns === 'none' ? '200 own keys' : '200 own keys and patterns';
      let found = await one.history(repo, patterns);
      const each = await measure(
        `history, ${what}, ${String(threads)} thread${threads === 1 ? '' : 's'}`,
        runs,
        async () => {
          found = await one.history(repo, patterns);
        },
      );
      measured.push(each);
      const perSecond = (count: number): string => ((count / each.medianMs) * 1_000).toFixed(0);
      notes.push(
        `${each.name}: ${perSecond(objects)} objects, ${perSecond(commits)} commits and ${perSecond(found.bytes / 1e6)} MB each second; ${String(found.ids.length)} objects hold something.`,
      );
      if (threads === 2 && patterns === 'prefixed') {
        const startedMs = performance.now();
        await one.place(repo, patterns, found.ids.slice(0, idsAtOnce));
        const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
        notes.push(
          `Where ${String(Math.min(idsAtOnce, found.ids.length))} of them stand: ${seconds} s, nearly all of it git's (one run).`,
        );
      }
      await one.end();
    }
  return { measured, notes: [`${String(commits)} commits, ${String(objects)} objects in packs.`, ...notes] };
};

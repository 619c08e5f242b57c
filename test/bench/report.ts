// Prints what was measured as Markdown, and keeps all of it as JSON: for docs/performance.md and for comparing two runs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { markdownTable, tableOf, type Measured } from './measure.ts';
import type { Held } from './memory-bench.ts';

export const say = (text: string): void => void process.stdout.write(`${text}\n`);

const loadNow = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;

const machine = () => ({
  platform: `${process.platform} ${process.arch}`,
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  gigabytes: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
});

type Section = {
  readonly title: string;
  readonly load: number;
  readonly measured: readonly Measured[];
  readonly held: readonly Held[];
  readonly notes: readonly string[];
};

export type Report = {
  readonly tell: (title: string, measured: readonly Measured[], notes?: readonly string[]) => void;
  readonly tellHeld: (title: string, held: readonly Held[]) => void;
  readonly save: (path: string) => void;
};

export const startReport = (): Report => {
  const startedAt = new Date().toISOString();
  const on = machine();
  const sections: Section[] = [];
  say(
    `${on.platform}, ${on.cores} cores of ${on.processor}, ${on.gigabytes} GiB, Node ${on.node}, load at the start ${loadNow().toFixed(1)}; ${startedAt.slice(0, 10)}`,
  );
  const add = (section: Omit<Section, 'load'>, table: string): void => {
    const load = loadNow();
    sections.push({ ...section, load });
    const notes = section.notes.map((note) => `\n${note}\n`).join('');
    say(
      `\n### ${section.title}\n${notes}${table === '' ? '' : `\n${table}\n`}\nLoad then: ${load.toFixed(1)}.`,
    );
  };
  return {
    tell: (title, measured, notes = []) =>
      add({ title, measured, held: [], notes }, measured.length === 0 ? '' : tableOf(measured)),
    tellHeld: (title, held) => {
      const total = held.filter(({ process: name }) => name.startsWith('app: '));
      const sum = total.reduce((all, { mebibytes }) => all + mebibytes, 0);
      const rows = total.length === 0 ? held : [...held, { process: 'app: all together', mebibytes: sum }];
      const cells = rows.map((each) => [each.process, each.mebibytes.toFixed(0)]);
      add({ title, measured: [], held: rows, notes: [] }, markdownTable(['process', 'MiB'], cells));
    },
    save: (path) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${JSON.stringify({ startedAt, machine: on, sections }, null, 1)}\n`);
      say(`\nKept as ${path}.`);
    },
  };
};

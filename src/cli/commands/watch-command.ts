// watch: scans the places, then goes on watching. One finding a line, as soon as it is there; ends with Ctrl-C.
import { ok } from '../../core/model/result.ts';
import type { CallOutput, Send } from '../../contract/contract.ts';
import type { Command, Context } from '../command.ts';
import { findingJson, lineText, type Finding } from '../scan-words.ts';
import { scanAndList } from './scan-command.ts';

const lookEveryMs = 400;
/** The vault of this process would lock itself while nobody types. */
const touchEveryMs = 60_000;

const print = ({ terminal, json }: Context, finding: Finding): void => {
  terminal.out(json ? JSON.stringify(findingJson(finding)) : lineText(finding));
};

const told = (context: Context, watch: CallOutput<'watch.read'>, before: Set<string>): void => {
  for (const warning of watch.warnings) {
    if (before.has(warning)) continue;
    before.add(warning);
    context.terminal.note(warning);
  }
};

/** Whatever is open and was not told yet. */
const printNew = async (context: Context, send: Send, known: Set<string>): Promise<boolean> => {
  const listed = await send('leaks.list', { states: ['open', 'returned'] });
  if (!listed.ok) return false;
  for (const finding of listed.value.findings) {
    // What comes back is told again.
    const name = `${finding.id} ${String(finding.stateAtMs)}`;
    if (known.has(name)) continue;
    known.add(name);
    print(context, finding);
  }
  return true;
};

const untilStopped = async (context: Context, send: Send, own: boolean): Promise<void> => {
  const known = new Set<string>();
  const warned = new Set<string>();
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  let touchedMs = Date.now();
  while (!stopped && (await printNew(context, send, known))) {
    const watch = await send('watch.read', {});
    if (watch.ok) told(context, watch.value, warned);
    if (own && Date.now() - touchedMs > touchEveryMs) {
      touchedMs = Date.now();
      await send('state.touch', {});
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
};

export const watch: Command = {
  summary: 'scan the places, then go on watching; one finding a line, until Ctrl-C',
  usage: 'keyturn watch',
  options: {},
  positionals: [0, 0],
  run: async (context) => {
    const door = await context.unlocked({ watches: true });
    if (!door.ok) return door;
    const { send, through } = door.value;
    const first = await scanAndList(context, send, { input: {}, covers: () => true });
    if (!first.ok && first.error.kind !== 'busy') return first;
    await untilStopped(context, send, through === 'process');
    return ok({ json: null, text: '', printed: true });
  },
};

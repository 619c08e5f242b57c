// Stands in for Electron's main process around the real agent: the shell's own calls over a clipboard and dialogs that are
// kept in memory. Only what Electron itself would do is imitated.
import { ClipboardSession } from '../../../src/main/clipboard/clipboard-session.ts';
import { createQuickUnlock } from '../../../src/main/keychain/quick-unlock.ts';
import type { Board } from '../../../src/main/clipboard/board.ts';
import { createShellCalls } from '../../../src/main/shell-calls.ts';
import type { Settings } from '../../../src/core/model/settings.ts';
import type { Result } from '../../../src/core/model/result.ts';
import { shellCallNames } from '../../../src/contract/window-call-names.ts';

/** What a person would have put on the clipboard, and would choose in the system's dialogs. */
export type Person = {
  clipboard: string;
  opens: string | null;
  saves: string | null;
  readonly visited: string[];
};

type Emit = (event: string, payload: unknown) => void;

const memoryBoard = (person: Person): Board => ({
  name: 'clipboard',
  write: (bytes) => {
    person.clipboard = new TextDecoder().decode(bytes);
    return Promise.resolve();
  },
  read: () => Promise.resolve(new TextEncoder().encode(person.clipboard)),
  clear: () => {
    person.clipboard = '';
    return Promise.resolve();
  },
});

type Ask = Parameters<typeof createShellCalls>[0]['ask'];

export type ShellDouble = (name: string, input: unknown) => Promise<Result<unknown>> | null;

/** Gives the answer of a call that is the shell's, or null where it is the agent's. */
export const createShellDouble = (
  askAgent: (name: string, input: unknown) => Promise<Result<unknown>>,
  settings: () => Settings,
  person: Person,
  emit: Emit,
): ShellDouble => {
  const clipboard = new ClipboardSession({
    boards: [memoryBoard(person)],
    marker: { read: () => null, write: () => undefined, remove: () => undefined },
    mark: () => Promise.resolve(null),
    recognise: () => Promise.resolve(false),
    changed: (change) => emit('clipboard.changed', change),
    nowMs: () => Date.now(),
    after: (ms, task) => {
      const timer = setTimeout(task, ms);
      timer.unref();
      return () => clearTimeout(timer);
    },
  });
  const quick = createQuickUnlock({
    keychain: {
      backend: () => 'basic_text',
      isAvailable: () => Promise.resolve(false),
      seal: () => Promise.reject(new Error('no keychain')),
      open: () => Promise.reject(new Error('no keychain')),
    },
    file: { read: () => 'missing', write: () => false, remove: () => undefined },
    randomBytes: (length) => new Uint8Array(length),
    nowMs: () => Date.now(),
    after: () => () => undefined,
  });
  const handlers = createShellCalls({
    quick,
    ask: ((name: string, input: unknown) => askAgent(name, structuredClone(input))) as Ask,
    clipboard,
    readClipboard: () => Promise.resolve(new TextEncoder().encode(person.clipboard)),
    dialogs: {
      open: () => Promise.resolve(person.opens),
      folder: () => Promise.resolve(person.opens),
      save: () => Promise.resolve(person.saves),
    },
    settings,
    openInBrowser: (url) => {
      person.visited.push(url);
      return Promise.resolve();
    },
    openAbout: () => Promise.resolve(),
    openPlace: ({ path }) => {
      person.visited.push(path);
      return Promise.resolve({ ok: true, value: 'the folder' });
    },
    today: () => '2026-11-22',
  }) as Readonly<Record<string, ((input: unknown) => Promise<Result<unknown>>) | undefined>>;
  const names: readonly string[] = shellCallNames;
  return (name, input) => (names.includes(name) ? (handlers[name]?.(input) ?? null) : null);
};

// Buffers and screens of running tmux servers: what was copied or shown in a terminal. The server is asked by its own client, without a
// shell and without its settings; one that does not run is not started, and nothing of it changes.
import { execFile, spawnSync } from 'node:child_process';
import { accessSync, constants, lstatSync, readdirSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { neutraliseText } from '../../../core/leaks/neutralise.ts';
import type { PieceSink } from '../source.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const timeoutMs = 5_000;
/** Of one buffer or screen. */
const mostBytes = 2 ** 25;
const mostServers = 16;
const mostBuffers = 500;

/** The program by its absolute path: a relative entry of the PATH could be anybody's folder. */
const findProgram = (environment: Environment): string | null => {
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const path = join(folder, 'tmux');
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
};

/** Where the sockets of this person's servers are (tmux(1), TMUX_TMPDIR); null where there are no such folders. */
export const tmuxFolder = (environment: Environment = process.env): string | null => {
  const user = process.getuid?.();
  return user === undefined ? null : join(environment['TMUX_TMPDIR'] ?? '/tmp', `tmux-${String(user)}`);
};

/** Whether a path is a socket of this person. */
export const isOwnSocket = (path: string): boolean => {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  return facts?.isSocket() === true && facts.uid === process.getuid?.();
};

/** Sockets of this person's servers. A folder or socket of somebody else's is left alone. @param folder absolute */
export const tmuxSockets = (folder: string): readonly string[] => {
  try {
    if (lstatSync(folder).uid !== process.getuid?.()) return [];
    return readdirSync(folder)
      .map((name) => join(folder, name))
      .filter(isOwnSocket)
      .slice(0, mostServers);
  } catch {
    return [];
  }
};

const wordsFor = (socket: string, words: readonly string[]): readonly string[] => [
  ...['-S', socket, '-N', '-f', '/dev/null'],
  ...words,
];
const bounds = {
  timeout: timeoutMs,
  maxBuffer: mostBytes,
  env: { LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin' },
};

/** Null: a server that does not answer in time, or with more than is read. One that is not there has nothing to say. */
const ask = (program: string, socket: string, words: readonly string[]): Buffer | null => {
  const answer = spawnSync(program, wordsFor(socket, words), {
    ...bounds,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (answer.error !== undefined) return null;
  return answer.status === 0 ? answer.stdout : Buffer.alloc(0);
};

const linesOf = (answer: Buffer): readonly string[] =>
  answer
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .slice(0, mostBuffers);

/** What can be read of a server: words that list names, and words that give what one of them holds. */
const kinds: readonly (readonly [
  what: string,
  list: readonly string[],
  give: (name: string) => readonly string[],
])[] = [
  ['buffer', ['list-buffers', '-F', '#{buffer_name}'], (name) => ['save-buffer', '-b', name, '-']],
  [
    'pane',
    ['list-panes', '-a', '-F', '#{pane_id}'],
    // -J joins lines that only the window's width broke; the history is read from its beginning.
    (name) => ['capture-pane', '-p', '-J', '-S', '-', '-t', name],
  ],
];

/**
 * Reads the buffers and screens of one server, each as a piece of a terminal.
 * @param wanted which of them, by `Place.inside`; absent: all
 */
export const readTmuxServer = (
  sink: PieceSink,
  socket: string,
  environment: Environment = process.env,
  wanted: (inside: string) => boolean = () => true,
): void => {
  const program = findProgram(environment);
  if (program === null || !isOwnSocket(socket)) return;
  const path = neutraliseText(socket);
  for (const [what, list, give] of kinds) {
    const names = ask(program, socket, list);
    if (names === null) {
      sink.notRead({ path, inside: '', reason: 'read-failed' });
      return;
    }
    for (const name of linesOf(names)) {
      if (sink.cancelled()) return;
      const inside = `${what} ${neutraliseText(name)}`;
      if (!wanted(inside)) continue;
      const bytes = ask(program, socket, give(name));
      if (bytes === null) {
        sink.notRead({ path, inside, reason: 'read-failed' });
        continue;
      }
      sink.begin({ kind: 'terminal', path, inside, commit: null, hasLines: true });
      sink.write(bytes);
      sink.end();
      bytes.fill(0);
    }
  }
};

/**
 * What a server has copied, without what that is: names of its buffers, when each came, how long it is. Waits without holding anybody up.
 * @returns null where it does not answer
 */
export const buffersOf = (socket: string, environment: Environment = process.env): Promise<string | null> => {
  const program = findProgram(environment);
  if (program === null || !isOwnSocket(socket)) return Promise.resolve(null);
  const words = ['list-buffers', '-F', '#{buffer_name} #{buffer_created} #{buffer_size}'];
  return new Promise((resolve) => {
    execFile(program, [...wordsFor(socket, words)], bounds, (problem, printed) => {
      resolve(problem === null ? printed : null);
    });
  });
};

/** Reads the buffers and screens of this person's tmux servers. */
export const readTmux = (sink: PieceSink, environment: Environment = process.env): void => {
  const folder = tmuxFolder(environment);
  for (const socket of folder === null ? [] : tmuxSockets(folder)) readTmuxServer(sink, socket, environment);
};

// Runs the real command line at a pseudo-terminal, as a person sits at one: what it asks is seen, what is typed is read. By `script` of
// util-linux, which every Debian has; elsewhere there is none, and tests say so.
import { spawn, spawnSync } from 'node:child_process';
import { entries } from './entries.ts';

export const hasPseudoTerminal = (): boolean =>
  process.platform === 'linux' && spawnSync('script', ['--version']).stdout?.includes('util-linux');

export type AtTerminal = { readonly code: number; readonly screen: string };

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** @param answers each is typed once the text before it stands on the screen; `\u0003` is Ctrl+C */
export const runAtTerminal = (
  home: string,
  words: readonly string[],
  answers: readonly (readonly [seen: string, typed: string])[],
): Promise<AtTerminal> =>
  new Promise((done, failed) => {
    const command = [process.execPath, entries.commandLine, ...words].map(quoted).join(' ');
    const env = { ...process.env, KEYTURN_HOME: home, NO_COLOR: '1', TERM: 'dumb', SHELL: '/bin/sh' };
    const child = spawn('script', ['-q', '-e', '-c', command, '/dev/null'], { env });
    const left = [...answers];
    let screen = '';
    let from = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString();
      const [next] = left;
      if (next === undefined) return;
      const at = screen.indexOf(next[0], from);
      if (at < 0) return;
      from = at + next[0].length;
      left.shift();
      child.stdin.write(next[1]);
    });
    child.on('error', failed);
    child.on('close', (code) => {
      done({ code: code ?? -1, screen });
    });
  });

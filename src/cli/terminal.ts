// Everything that touches the person's terminal: what is printed where, questions, hidden prompts, a progress bar.
// Answers go to stdout, questions and progress to stderr (shared/cli.md).
import { SecretBytes } from '../core/model/secret-bytes.ts';

export type Terminal = {
  readonly out: (text: string) => void;
  readonly outBytes: (bytes: Uint8Array) => void;
  readonly note: (text: string) => void;
  /** Whether a person can be asked. */
  readonly interactive: boolean;
  readonly confirm: (question: string) => Promise<boolean>;
  /** What a person typed, trimmed; empty on Ctrl+C or at the end of input. */
  readonly line: (question: string) => Promise<string>;
  readonly hidden: (label: string) => Promise<SecretBytes | null>;
  readonly progress: (label: string, done: number, total: number | null) => void;
  readonly endProgress: () => void;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
};

const wraps =
  (code: string, on: boolean) =>
  (text: string): string =>
    on ? `\u001b[${code}m${text}\u001b[0m` : text;

/** Names and notes are other people's text: control characters must not reach the terminal. */
export const printable = (text: string): string =>
  text.replaceAll(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    '\ufffd',
  );

const enter = new Set([13, 10]);
const erase = new Set([8, 127]);
const interrupt = 3;
const endOfInput = 4;

/** Reads a line without echo, as bytes. Resolves to null on Ctrl+C or end of input. */
const readHidden = async (label: string): Promise<SecretBytes | null> => {
  const { stdin, stderr } = process;
  stderr.write(`${label}: `);
  stdin.setRawMode(true);
  stdin.resume();
  const typed: number[] = [];
  try {
    return await new Promise((resolve) => {
      const finish = (value: SecretBytes | null): void => {
        stdin.off('data', onData);
        resolve(value);
      };
      const onData = (chunk: Buffer): void => {
        for (const byte of chunk) {
          if (byte === interrupt || (byte === endOfInput && typed.length === 0)) return finish(null);
          if (enter.has(byte)) return finish(SecretBytes.own(Uint8Array.from(typed)));
          if (erase.has(byte)) dropCharacter(typed);
          else if (byte >= 32) typed.push(byte);
        }
      };
      stdin.on('data', onData);
    });
  } finally {
    typed.fill(0);
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
};

/** Removes one UTF-8 character: its continuation bytes and its first byte. */
const dropCharacter = (bytes: number[]): void => {
  let last = bytes.pop();
  while (last !== undefined && (last & 0xc0) === 0x80) last = bytes.pop();
};

const readLine = async (question: string): Promise<string> => {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.question(`${printable(question)} `, resolve);
      lines.once('close', () => {
        resolve('');
      });
    });
    return answer.trim();
  } finally {
    lines.close();
  }
};

const ask = async (question: string): Promise<boolean> =>
  /^y(es)?$/i.test(await readLine(`${question} [y/N]`));

/** The terminal of this process. */
export const processTerminal = (): Terminal => {
  const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  let bar = false;
  const startedMs = Date.now();
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    outBytes: (bytes) => void process.stdout.write(bytes),
    note: (text) => void process.stderr.write(`${text}\n`),
    // Asked for when it matters: looking at standard input opens it, a quarter of what --help costs.
    get interactive() {
      return process.stdin.isTTY && process.stderr.isTTY;
    },
    confirm: ask,
    line: readLine,
    hidden: readHidden,
    progress: (label, done, total) => {
      if (!process.stderr.isTTY || Date.now() - startedMs < 1_000) return;
      bar = true;
      const share = total === null || total === 0 ? '' : ` ${String(Math.floor((done / total) * 100))} %`;
      process.stderr.write(`\r\u001b[K${label}${share}`);
    },
    endProgress: () => {
      if (bar) process.stderr.write('\r\u001b[K');
      bar = false;
    },
    bold: wraps('1', colour),
    dim: wraps('2', colour),
  };
};

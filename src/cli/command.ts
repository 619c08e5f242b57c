// What a command is: data about its words, and one function that turns them into an answer.
import type { Result } from '../core/model/result.ts';
import type { Send } from '../contract/contract.ts';
import type { OptionTable, Parsed } from './arguments.ts';
import type { Terminal } from './terminal.ts';

export type Door = {
  readonly send: Send;
  /** Whether this is the app's agent, reached through its socket, or our own in this process. */
  readonly through: 'socket' | 'process';
  readonly close: () => Promise<void>;
};

export type UnlockedOptions = {
  /** Goes on where an older copy stands in the place of a vault that was seen before. */
  readonly evenOlder?: boolean;
  /** An agent of this process watches for pasted keys as long as it lives. */
  readonly watches?: boolean;
};

export type Context = {
  readonly words: Parsed;
  readonly terminal: Terminal;
  readonly home: string;
  readonly json: boolean;
  readonly yes: boolean;
  /** An unlocked door: the password file, else the app's unlocked agent, else a prompt. */
  readonly unlocked: (options?: UnlockedOptions) => Promise<Result<Door>>;
  /** An agent in this process, whatever else is running; never asks for a password. */
  readonly own: () => Promise<Result<Door>>;
  /** A door in whatever state the vault is; never asks for a password. */
  readonly any: () => Promise<Result<Door>>;
  /** The app's agent, or null where none answers. */
  readonly running: () => Promise<Door | null>;
  /** The master password from the file or the prompt; null where neither can be had. */
  readonly password: (label: string) => Promise<Result<Uint8Array>>;
  readonly stdin: () => Promise<Result<Uint8Array>>;
};

export type Answer = {
  /** The one document of `--json`. */
  readonly json: unknown;
  /** What a person reads. Bytes are written as they are. */
  readonly text: string | Uint8Array;
  /** 1 where the answer is "no", 5 where a provider was not reached, 6 where it was stopped. */
  readonly code?: 0 | 1 | 4 | 5 | 6;
  /** Everything was printed as it came. */
  readonly printed?: boolean;
};

export type Command = {
  readonly summary: string;
  readonly usage: string;
  readonly options: OptionTable;
  /** How many positionals it takes: at least and at most. */
  readonly positionals: readonly [number, number];
  /** The command prints bytes or a secret alone; `--json` is refused. */
  readonly noJson?: boolean;
  readonly run: (context: Context) => Promise<Result<Answer>>;
};

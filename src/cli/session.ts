// How the command line comes to an agent: the password file opens one in this process; without it the app's agent answers
// if it is unlocked; else a person is asked on the terminal. One place, so that every command behaves alike.
import { readFileSync } from 'node:fs';
import { fail } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import type { Context, Door, UnlockedOptions } from './command.ts';
import type { Terminal } from './terminal.ts';

const newline = 10;
const carriageReturn = 13;

/** The first line of the password file, as bytes; the rest of the file is wiped from our copy. */
export const readPasswordFile = (path: string): Result<Uint8Array> => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return fail(
      'bad-input',
      `The password file ${path} cannot be read.`,
      'Check the path and its permissions.',
      { file: path },
    );
  }
  const end = bytes.indexOf(newline);
  let line = end < 0 ? bytes.length : end;
  if (line > 0 && bytes[line - 1] === carriageReturn) line -= 1;
  const password = Uint8Array.from(bytes.subarray(0, line));
  bytes.fill(0);
  if (password.length === 0) {
    return fail(
      'bad-input',
      `The first line of ${path} is empty.`,
      'Write the master password on the first line.',
      { file: path },
    );
  }
  return ok(password);
};

/** Everything on standard input, up to `maxBytes`. */
export const readStdin = async (maxBytes: number): Promise<Result<Uint8Array>> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes)
      return fail(
        'bad-input',
        'Standard input is longer than a value may be.',
        `Give at most ${String(maxBytes)} bytes.`,
      );
    chunks.push(bytes);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
    chunk.fill(0);
  }
  return ok(whole);
};

type Options = {
  readonly home: string;
  readonly terminal: Terminal;
  readonly passwordFile: string | undefined;
};
type Doors = Pick<Context, 'unlocked' | 'own' | 'any' | 'running' | 'password'> & {
  readonly close: () => Promise<void>;
};

const damageWords = (damaged: number): string =>
  `${String(damaged)} ${damaged === 1 ? 'part' : 'parts'} of this vault ${damaged === 1 ? 'is' : 'are'} damaged and not shown; all else can be read. Restore a backup beside it, or save what can be read with keyturn doctor --rescue FILE.`;

/** The doors of one command; `close` ends whatever was opened. */
export const openDoors = ({ home, terminal, passwordFile }: Options): Doors => {
  const opened: Door[] = [];
  const keep = (door: Door): Door => {
    opened.push(door);
    return door;
  };

  const own = async ({ watches = false }: UnlockedOptions = {}): Promise<Result<Door>> => {
    // Loaded where it is wanted: with it come the vault, SQLite and the ciphers, which most of a start would be spent on.
    const { openAgent } = await import('../agent/in-process.ts');
    const agent = await openAgent({ home, watches });
    if (!agent.ok) return agent;
    agent.value.on('task.progress', (task) => {
      if (task.ended === null) terminal.progress(task.label, task.done, task.total);
      else terminal.endProgress();
    });
    return ok(keep({ send: agent.value.send, through: 'process', close: agent.value.close }));
  };

  const running = async (): Promise<Door | null> => {
    const { connectAgent } = await import('../agent/client.ts');
    const client = await connectAgent({ home });
    return client.ok ? keep({ send: client.value.send, through: 'socket', close: client.value.close }) : null;
  };

  const password = async (label: string): Promise<Result<Uint8Array>> => {
    if (passwordFile !== undefined) return readPasswordFile(passwordFile);
    if (!terminal.interactive) {
      return fail(
        'locked',
        'The vault is locked and nobody is here to type the master password.',
        'Unlock the app, or give --password-file FILE.',
      );
    }
    const typed = await terminal.hidden(label);
    if (typed === null) return fail('cancelled', 'Nothing was typed.', 'Run the command again.');
    return ok(typed.use((bytes) => bytes.slice()));
  };

  /** What must be said of an open vault before anything is done with it. */
  const trusted = async (door: Door, { evenOlder = false }: UnlockedOptions): Promise<Result<Door>> => {
    const state = await door.send('state.read', {});
    if (!state.ok) return state;
    const { problem, damaged } = state.value;
    if (problem !== null && !evenOlder) return { ok: false, error: problem };
    if (damaged > 0) terminal.note(damageWords(damaged));
    return ok(door);
  };

  const unlocked = async (options: UnlockedOptions = {}): Promise<Result<Door>> => {
    if (passwordFile === undefined) {
      const app = await running();
      const state = app === null ? null : await app.send('state.read', {});
      if (app !== null && state?.ok === true && state.value.vault === 'unlocked')
        return trusted(app, options);
    }
    const door = await own(options);
    if (!door.ok) return door;
    const state = await door.value.send('state.read', {});
    if (!state.ok) return state;
    if (state.value.problem !== null) return { ok: false, error: state.value.problem };
    if (state.value.vault === 'missing') {
      return fail('no-vault', `There is no vault in ${home}.`, 'Create one with keyturn init.');
    }
    const secret = await password('Master password');
    if (!secret.ok) return secret;
    const result = await door.value.send('vault.unlock', { password: secret.value });
    secret.value.fill(0);
    return result.ok ? trusted(door.value, options) : result;
  };

  const any = async (): Promise<Result<Door>> => {
    const app = await running();
    return app === null ? own() : ok(app);
  };

  const close = async (): Promise<void> => {
    terminal.endProgress();
    await Promise.all(opened.map(async (door) => door.close()));
  };
  return { unlocked, own, any, running, password, close };
};

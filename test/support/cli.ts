// Runs the real command line as a process of its own, on a home folder of its own. What a test sees is what a script sees.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withCheapDerivation } from './cheap-derivation.ts';
import { entries } from './entries.ts';

const entry = entries.commandLine;

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

export type Home = {
  readonly folder: string;
  readonly derivation: 'cheapest' | 'full';
  /** Where the vault lies: KEYTURN_HOME. */
  readonly home: string;
  readonly password: string;
  readonly passwordFile: string;
  /** Runs `keyturn …words`; the password comes from the file unless `bare`. */
  readonly run: (words: readonly string[], options?: RunOptions) => Promise<Ran>;
  /** As run, with --json, parsed; fails the test where the exit code is not `code` (0). */
  readonly json: <T = never>(
    words: readonly string[],
    options?: RunOptions & { code?: number },
  ) => Promise<T>;
  readonly remove: () => void;
};

export type RunOptions = {
  readonly stdin?: string;
  readonly bare?: boolean;
  readonly env?: NodeJS.ProcessEnv;
};

const collect = async (child: ReturnType<typeof spawn>, stdin: string): Promise<Ran> =>
  new Promise((done, failed) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', failed);
    child.on('close', (code) => {
      done({ code: code ?? -1, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() });
    });
    child.stdin?.end(stdin);
  });

export type HomeOptions = {
  /** As a person has it, a second of Argon2id; by default the cheapest that the format allows. */
  readonly derivation?: 'full';
};

/** A fresh home folder with a random password in a file beside it. */
export const newHome = ({ derivation }: HomeOptions = {}): Home => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-cli-'));
  const home = join(folder, 'home');
  const password = randomBytes(12).toString('hex');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  const run: Home['run'] = async (words, options = {}) => {
    const around = derivation === 'full' ? process.env : withCheapDerivation(process.env);
    const env: NodeJS.ProcessEnv = { ...around, KEYTURN_HOME: home, NO_COLOR: '1', ...options.env };
    delete env['KEYTURN_PASSWORD_FILE'];
    if (options.bare !== true) env['KEYTURN_PASSWORD_FILE'] = passwordFile;
    return collect(spawn(process.execPath, [entry, ...words], { env, cwd: folder }), options.stdin ?? '');
  };
  const json: Home['json'] = async (words, options = {}) => {
    const ran = await run([...words, '--json'], options);
    if (ran.code !== (options.code ?? 0)) throw new Error(`exit ${String(ran.code)}: ${ran.err}`);
    return JSON.parse(ran.out);
  };
  return {
    folder,
    derivation: derivation ?? 'cheapest',
    home,
    password,
    passwordFile,
    run,
    json,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const base64url = (length: number): string => randomBytes(length).toString('base64url').slice(0, length);
const hex = (length: number): string => randomBytes(length).toString('hex').slice(0, length);

/** Values in the providers' formats, new in every run: no literal stands in the repository. */
export const sample = {
  circaLive: () => `circa_live_${base64url(32)}`,
  circaTest: () => `circa_test_${base64url(32)}`,
  circleLive: () => `LIVE_API_KEY:${hex(32)}:${hex(32)}`,
  circleTest: () => `TEST_API_KEY:${hex(32)}:${hex(32)}`,
  anything: () => base64url(40),
};

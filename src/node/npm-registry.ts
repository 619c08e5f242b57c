// The registry that npm uses on this machine, as npm itself reads it: the environment before the file in the person's home. Read when
// a token is asked about, never stored; tokens in that file are not looked at.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const maxBytes = 262_144;

type Environment = Readonly<Record<string, string | undefined>>;

const fromEnvironment = (environment: Environment): string | null => {
  const name = Object.keys(environment).find((each) => each.toLowerCase() === 'npm_config_registry');
  const value = name === undefined ? '' : (environment[name] ?? '').trim();
  return value === '' ? null : value;
};

const fromFile = (path: string): string | null => {
  try {
    if (statSync(path).size > maxBytes) return null;
    const line = readFileSync(path, 'utf8')
      .split(/\r?\n/)
      .findLast((each) => /^\s*registry\s*=/.test(each));
    const value =
      line
        ?.slice(line.indexOf('=') + 1)
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2') ?? '';
    // npm would put a variable of the environment in its place; a key is not sent to what we would have to guess.
    return value === '' || value.includes('${') ? null : value;
  } catch {
    return null;
  }
};

/** Null where nothing is configured. */
export const readNpmRegistry = (
  environment: Environment = process.env,
  home: string = homedir(),
): string | null => fromEnvironment(environment) ?? fromFile(join(home, '.npmrc'));

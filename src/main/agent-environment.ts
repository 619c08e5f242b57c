// What of the shell's own surroundings the agent process gets: no NODE_OPTIONS, no proxy but the
// system's own (system-proxy.ts), no key that somebody exported.

/** The variables an operating system needs for a process to find its temporary folder, language and zone. */
const passedOn = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'TZ',
  'SystemRoot',
  'USERPROFILE',
  'APPDATA',
  'XDG_RUNTIME_DIR',
  'XDG_STATE_HOME',
  'LOCALAPPDATA',
  'KEYTURN_STATE',
];

/** Where applications keep things: places in which keys get pasted. */
const places = ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME'];

type Environment = Readonly<Record<string, string | undefined>>;

/** The part of an environment that the scanner gets. */
export const scannerEnvironment = (environment: Environment): Record<string, string> =>
  pick(environment, [...passedOn, ...places]);

/** The part of an environment that the agent gets. */
export const agentEnvironment = (environment: Environment): Record<string, string> =>
  pick(environment, passedOn);

const pick = (environment: Environment, names: readonly string[]): Record<string, string> => {
  const pairs = names.flatMap((name): [string, string][] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(pairs);
};

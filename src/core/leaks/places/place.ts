// What a row in the tables of well-known places is, and where a platform keeps such things. Pure: it names paths, it never looks.
import type { PlaceKind } from '../../model/finding.ts';

export const platforms = ['linux', 'darwin', 'win32'] as const;
export type Platform = (typeof platforms)[number];

/**
 * A place where keys get pasted. `at` begins with a base in braces (`~`, `{apps}` …, see {@link Bases}) or with `**` for "in any
 * folder"; a segment `*` stands for one name; a trailing `/` says that it is a folder and everything in it.
 */
export type WellKnownPlace = {
  readonly at: string;
  readonly kind: PlaceKind;
  /** Who writes there, for people: `Claude Code`. */
  readonly tool: string;
  /** Absent: on every platform. */
  readonly on?: readonly Platform[];
};

/** Folders that differ between platforms and persons. Absolute, without a slash at the end. */
export type Bases = {
  readonly '~': string;
  /** Of applications with a window: `~/.config`, `~/Library/Application Support`, `%APPDATA%`. */
  readonly '{apps}': string;
  /** XDG_CONFIG_HOME, which many command-line tools use on macOS too: `~/.config`. */
  readonly '{config}': string;
  /** XDG_DATA_HOME; `%LOCALAPPDATA%` on Windows. */
  readonly '{data}': string;
  readonly '{cache}': string;
  readonly '{state}': string;
};
type BaseName = keyof Bases;

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable's value where it is an absolute path: the XDG specification says to ignore others. */
const absolute = (platform: Platform, value: string | undefined): string | null => {
  if (value === undefined) return null;
  const fits = platform === 'win32' ? /^[a-z]:[\\/]/i.test(value) : value.startsWith('/');
  return fits ? value.replace(/[\\/]+$/, '') : null;
};

/** Where this platform keeps what. `environment` gives XDG_*, APPDATA and LOCALAPPDATA their say. */
export const basesOf = (platform: Platform, home: string, environment: Environment = {}): Bases => {
  const of = (name: string, otherwise: string): string => absolute(platform, environment[name]) ?? otherwise;
  if (platform === 'win32') {
    const local = of('LOCALAPPDATA', `${home}\\AppData\\Local`);
    return {
      '~': home,
      '{apps}': of('APPDATA', `${home}\\AppData\\Roaming`),
      '{config}': `${home}\\.config`,
      '{data}': local,
      '{cache}': local,
      '{state}': local,
    };
  }
  const isMac = platform === 'darwin';
  const config = of('XDG_CONFIG_HOME', `${home}/.config`);
  return {
    '~': home,
    '{apps}': isMac ? `${home}/Library/Application Support` : config,
    '{config}': config,
    '{data}': of('XDG_DATA_HOME', `${home}/.local/share`),
    '{cache}': isMac ? `${home}/Library/Caches` : of('XDG_CACHE_HOME', `${home}/.cache`),
    '{state}': of('XDG_STATE_HOME', `${home}/.local/state`),
  };
};

/** The base that a row begins with; null for `**` and for absolute paths. */
export const baseOf = (at: string): BaseName | null => {
  const first = at.slice(0, at.indexOf('/'));
  return first === '~' || first.startsWith('{') ? (first as BaseName) : null;
};

/** Below its base, segment by segment, without what an absolute path begins with. */
export const segmentsOf = (at: string): readonly string[] => {
  const from = at.startsWith('/') ? 1 : at.indexOf('/') + 1;
  return at
    .slice(from)
    .split('/')
    .filter((part) => part !== '');
};

export const isFolderPlace = (place: WellKnownPlace): boolean => place.at.endsWith('/');

/** Rows of one tool that differ in path and kind only. */
export const placesOf = (
  tool: string,
  rows: readonly (readonly [at: string, kind: PlaceKind])[],
): readonly WellKnownPlace[] => rows.map(([at, kind]) => ({ at, kind, tool }));

// Opens the place of a finding in an editor that is installed, at its line. The path is an argument of its own, never part of a command
// line that a shell reads, and the system's "open" is not used: it would run what it takes for a program.
import { spawn } from 'node:child_process';
import { accessSync, constants, lstatSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Result } from '../core/model/result.ts';
import { fail, ok } from './answers.ts';

export type PlaceToOpen = {
  readonly path: string;
  readonly line: number | null;
  readonly column: number | null;
};

export type OpenPlacePorts = {
  /** Whether a regular file is there: nothing else is opened. */
  readonly isFile: (path: string) => boolean;
  /** Absolute path of a program, null where none is installed. */
  readonly find: (program: string) => string | null;
  /** Starts a program; false where it could not be. */
  readonly run: (program: string, words: readonly string[]) => Promise<boolean>;
  readonly showInFolder: (path: string) => void;
};

type Editor = {
  readonly program: string;
  readonly name: string;
  readonly words: (place: PlaceToOpen) => readonly string[];
};

const suffix = ({ line, column }: PlaceToOpen): string =>
  line === null ? '' : `:${String(line)}${column === null ? '' : `:${String(column)}`}`;
const goto = (place: PlaceToOpen): readonly string[] => ['--goto', `${place.path}${suffix(place)}`];
const joined = (place: PlaceToOpen): readonly string[] => [`${place.path}${suffix(place)}`];
const byLine = (place: PlaceToOpen): readonly string[] =>
  place.line === null ? [place.path] : ['--line', String(place.line), place.path];

/** Those that open a window of their own, in the order in which they are tried. */
export const editors: readonly Editor[] = [
  { program: 'code', name: 'Visual Studio Code', words: goto },
  { program: 'codium', name: 'VSCodium', words: goto },
  { program: 'cursor', name: 'Cursor', words: goto },
  { program: 'windsurf', name: 'Windsurf', words: goto },
  { program: 'zed', name: 'Zed', words: joined },
  { program: 'zeditor', name: 'Zed', words: joined },
  { program: 'subl', name: 'Sublime Text', words: joined },
  { program: 'idea', name: 'IntelliJ IDEA', words: byLine },
  { program: 'webstorm', name: 'WebStorm', words: byLine },
  { program: 'pycharm', name: 'PyCharm', words: byLine },
  { program: 'kate', name: 'Kate', words: byLine },
];

const gone = fail('not-found', 'That file is not there any more.', 'Scan again to see where the key is now.');

/** Makes the way to open a place. Gives the words for what opened it. */
export const placeOpener =
  (ports: OpenPlacePorts) =>
  async (place: PlaceToOpen): Promise<Result<string>> => {
    // A name that begins with a dash would be read as an option; an absolute path never does.
    if (!isAbsolute(place.path) || !ports.isFile(place.path)) return gone;
    for (const editor of editors) {
      const program = ports.find(editor.program);
      if (program !== null && (await ports.run(program, editor.words(place)))) return ok(editor.name);
    }
    ports.showInFolder(place.path);
    return ok('its folder');
  };

const isRunnable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

// On Windows these programs are batch files, which would need a shell to read the path: the folder is shown there.
const findProgram = (program: string): string | null =>
  process.platform === 'win32'
    ? null
    : ((process.env['PATH'] ?? '')
        .split(delimiter)
        .filter((folder) => isAbsolute(folder))
        .map((folder) => join(folder, program))
        .find(isRunnable) ?? null);

const start = (program: string, words: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(program, [...words], { detached: true, stdio: 'ignore' });
    child.once('error', () => {
      resolve(false);
    });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });

/** The effects of the system. */
export const placeEffects = (showInFolder: (path: string) => void): OpenPlacePorts => ({
  isFile: (path) => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true,
  find: findProgram,
  run: start,
  showInFolder,
});

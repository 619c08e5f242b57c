// Puts the guard together for a hook's process. A bug of the guard's stops nobody's commit.
import { readFileSync } from 'node:fs';
import { defaultHome } from '../../node/home-folder.ts';
import { askNames } from './ask-names.ts';
import { runGuard } from './run-guard.ts';

const readInput = (): Buffer => {
  try {
    return readFileSync(0);
  } catch {
    return Buffer.alloc(0);
  }
};

/** @param words behind the program's name */
export const guardMain = async (words: readonly string[]): Promise<number> => {
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  const home = defaultHome();
  try {
    return await runGuard({
      words,
      cwd: process.cwd(),
      env: process.env,
      home,
      nowMs: Date.now(),
      input: readInput,
      say,
      namesOf: (generation, slots) => askNames(home, generation, slots),
    });
  } catch (bug) {
    say(
      `keyturn: the guard failed (${bug instanceof Error ? bug.constructor.name : 'unknown'}), so nothing was looked for.`,
    );
    return 0;
  }
};

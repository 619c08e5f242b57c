// places: the well-known places in which keys end up, each with what reading it would mean, and whether it is read. Chosen one by one; the
// choice is kept in the vault and is that of the window too.
import { resolve } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput, Send } from '../../contract/contract.ts';
import type { Answer, Command } from '../command.ts';
import { printable } from '../terminal.ts';

type Root = CallOutput<'scan.roots'>[number];

const words = ['read', 'leave'] as const;
const mostPlaces = 500;

const isPlace = ({ origin }: Root): boolean => origin === 'place';

const json = ({ path, kind, chosen, watched, reads }: Root) => ({ path, kind, chosen, watched, reads });

const text = (places: readonly Root[]): string =>
  places.length === 0
    ? 'None of the well-known places is on this computer.'
    : places
        .map(
          ({ chosen, path, reads }) =>
            `${chosen ? '[x]' : '[ ]'} ${printable(path)}\n    ${printable(reads)}`,
        )
        .join('\n');

const answer = (roots: readonly Root[]): Result<Answer> => {
  const places = roots.filter(isPlace);
  return ok({ json: places.map(json), text: text(places) });
};

/** Folders stay as they are: only the places that are named change. */
const choose = async (
  send: Send,
  roots: readonly Root[],
  paths: readonly string[],
  chosen: boolean,
): Promise<Result<Answer>> => {
  const wanted = new Set(paths.map((path) => resolve(path)));
  const named = roots.filter((root) => isPlace(root) && wanted.has(root.path));
  const missing = [...wanted].find((path) => !named.some((root) => root.path === path));
  if (missing !== undefined)
    return fail(
      'not-found',
      `${missing} is none of the well-known places here.`,
      'keyturn places lists them.',
      {
        file: missing,
      },
    );
  const set = await send('scan.setRoots', {
    roots: [
      ...roots.filter(({ origin }) => origin === 'chosen'),
      ...named.map((root) => ({ ...root, chosen })),
    ].map(({ path, chosen: isChosen, history, watched }) => ({ path, chosen: isChosen, history, watched })),
  });
  return set.ok ? answer(set.value) : set;
};

export const places: Command = {
  summary: 'the well-known places in which keys end up: list them, choose which are read',
  usage: 'keyturn places [read PATH… | leave PATH…]',
  options: {},
  positionals: [0, mostPlaces],
  run: async (context) => {
    const [word, ...paths] = context.words.positionals;
    const chosen = words.indexOf(word as (typeof words)[number]);
    if (word !== undefined && (chosen < 0 || paths.length === 0))
      return fail(
        'bad-input',
        'Say which places.',
        'keyturn places read PATH… or keyturn places leave PATH…',
      );
    const door = await context.unlocked();
    if (!door.ok) return door;
    const roots = await door.value.send('scan.roots', {});
    if (!roots.ok) return roots;
    return word === undefined
      ? answer(roots.value)
      : choose(door.value.send, roots.value, paths, word === 'read');
  },
};

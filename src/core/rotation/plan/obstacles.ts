// Why a turn cannot start, with what to do: what is known here, and what the provider's list showed.
import { openTurn, type Book } from '../../keys/book.ts';
import { parseDay } from '../../keys/expiry.ts';
import type { RemoteList } from '../desk.ts';
import { endsOldAtOnce } from '../steps.ts';
import type { Choice } from './choose.ts';
import { managersFor, needsEnd } from './choose.ts';

export type Obstacle = { readonly message: string; readonly next: string };

/** What the plan knows besides the vault. */
export type Surroundings = {
  readonly offline: boolean;
  /** The vault of invented keys, and nothing on this machine is asked in the provider's place. */
  readonly demo: boolean;
};

const missingInputs = ({ way, inputs }: Choice): readonly Obstacle[] =>
  (way?.inputs ?? [])
    .filter(({ name, required }) => required && inputs[name] === undefined)
    .map(({ label, help }) => ({ message: `It needs to know: ${label}.`, next: help }));

/** The other one of a pair, and not the one of the key again: its password would be set while it is in use. */
const sameInputs = ({ way, inputs, own: values }: Choice): readonly Obstacle[] =>
  (way?.inputs ?? []).flatMap(({ name, label, alternates }) => {
    const own = alternates === undefined ? undefined : values[alternates];
    return own === undefined || own !== inputs[name]
      ? []
      : [
          {
            message: `${label}: ${own} is the one of this key itself.`,
            next: 'Name the other one of the pair.',
          },
        ];
  });

const managerObstacles = (book: Book, choice: Choice): readonly Obstacle[] => {
  const { way, held, managerKeyId } = choice;
  if (way === undefined || way.manager === 'self') return [];
  const { needs } = way.manager;
  const managers = managersFor(book, held, way);
  if (managers.some(({ id }) => id === managerKeyId)) return [];
  return [
    managerKeyId === null
      ? {
          message: `It needs a key that may manage this one: ${needs}`,
          next: 'Add that key to the vault, or turn this one by hand.',
        }
      : {
          message:
            'The key that was chosen to manage it cannot: it is of another provider, removed, or this one.',
          next: needs,
        },
  ];
};

const orderObstacles = ({ way, order, shape }: Choice): readonly Obstacle[] => {
  if (order !== 'revoke-first' || shape === 'guided' || way?.manager !== 'self') return [];
  return [
    {
      message: 'The key makes its own successor, so it cannot be revoked before that is made.',
      next: 'Turn it at once, without a grace: that is the quickest.',
    },
  ];
};

const whereObstacles = ({ shape }: Choice, { offline, demo }: Surroundings): readonly Obstacle[] => {
  if (shape === 'guided') return [];
  if (offline)
    return [
      { message: 'Offline is on: nothing is sent.', next: 'Turn it off in the settings, then begin again.' },
    ];
  return demo
    ? [
        {
          message: 'This is the demo: its keys are invented, and no provider is asked about them.',
          next: 'Turn keys in a vault of your own.',
        },
      ]
    : [];
};

const dayObstacles = ({ expiresOn, way }: Choice): readonly Obstacle[] => {
  if (expiresOn === null)
    return needsEnd(way)
      ? [{ message: 'The provider makes no key without an end.', next: 'Say until when it shall live.' }]
      : [];
  return parseDay(expiresOn) !== undefined
    ? []
    : [{ message: `${expiresOn} is no day of the calendar.`, next: 'Write it like 2027-11-22.' }];
};

/** What stands in the way as far as it is known without asking anybody. */
export const localObstacles = (book: Book, choice: Choice, around: Surroundings): readonly Obstacle[] => {
  const { body, id } = choice.held;
  if (body.removedAtMs !== null)
    return [{ message: `${body.name} is removed.`, next: 'Take it back out of the bin first.' }];
  if (openTurn(book, id) !== undefined)
    return [
      { message: `${body.name} is being turned already.`, next: 'Look at the turn that is under way.' },
    ];
  return [
    ...whereObstacles(choice, around),
    ...managerObstacles(book, choice),
    ...orderObstacles(choice),
    ...missingInputs(choice),
    ...sameInputs(choice),
    ...dayObstacles(choice),
  ];
};

/** What the provider's list shows: no free place. With a key that goes first there is one. */
export const listObstacles = (
  choice: Choice,
  list: RemoteList,
  quota: number | null,
): readonly Obstacle[] => {
  const max = list.max ?? quota;
  if (endsOldAtOnce(choice.shape) || choice.order === 'revoke-first') return [];
  if (max === null || list.entries.length < max) return [];
  return [
    {
      message: `All ${String(max)} places for keys are taken at the provider, so no new one can stand beside the old one.`,
      next: 'Choose a key there that nobody uses, to be removed first.',
    },
  ];
};

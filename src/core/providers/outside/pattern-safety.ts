// Proves that a regular expression from outside costs time in proportion to the text: wherever a repeat may stop, the next
// character alone decides whether it does, so that the matcher never goes back. What cannot be read here is refused.

type Chars = { readonly set: readonly boolean[]; readonly min: number; readonly max: number };
type Group = { readonly choices: readonly Sequence[]; readonly optional: boolean };
type Item = Chars | Group;
type Sequence = readonly Item[];

/** ASCII, and one place for all else. */
const characters = [...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), '\u00e9'];
const maxDepth = 4;
/** Ways that a matcher may have to try at one place. */
const maxWays = 16;

class Unsafe extends Error {}

type Cursor = { readonly source: string; at: number };

const setOf = (atom: string): readonly boolean[] => {
  const member = new RegExp(`^(?:${atom})$`, 's');
  return characters.map((character) => member.test(character));
};

const takeMatch = (cursor: Cursor, form: RegExp): RegExpExecArray | null => {
  const sticky = new RegExp(form.source, 'y');
  sticky.lastIndex = cursor.at;
  const match = sticky.exec(cursor.source);
  if (match) cursor.at = sticky.lastIndex;
  return match;
};

const repeats = (cursor: Cursor): readonly [number, number] => {
  const match = takeMatch(cursor, /\?|\{(\d{1,4})(?:,(\d{1,4}))?\}/);
  if (!match) return [1, 1];
  if (takeMatch(cursor, /[?*+{]/)) throw new Unsafe('a repeat is repeated');
  if (match[0] === '?') return [0, 1];
  const min = Number(match[1]);
  const max = Number(match[2] ?? match[1]);
  if (max < min || max === 0) throw new Unsafe('a repeat is empty');
  return [min, max];
};

const readGroup = (cursor: Cursor, depth: number): Group => {
  if (depth >= maxDepth) throw new Unsafe('groups are nested too deep');
  const choices = readChoices(cursor, depth + 1);
  if (!takeMatch(cursor, /\)/)) throw new Unsafe('a group is not closed');
  const [min, max] = repeats(cursor);
  if (max !== 1) throw new Unsafe('a group is repeated');
  return { choices, optional: min === 0 };
};

const atomForm = /\[\^?(?:\\[\\\][^\-./sdwSDW]|[^\\\]])+\]|\\[dwsDWS]|\\[^\w\s]|[^\\()[\]{}|^$*+?.]/;

const readItem = (cursor: Cursor, depth: number): Item => {
  if (takeMatch(cursor, /\((?:\?:|\?<[A-Za-z]\w{0,40}>)/)) return readGroup(cursor, depth);
  const atom = takeMatch(cursor, atomForm)?.[0];
  if (atom === undefined) throw new Unsafe(`character ${cursor.at + 1} of it is not understood`);
  const [min, max] = repeats(cursor);
  return { set: setOf(atom), min, max };
};

const readChoices = (cursor: Cursor, depth: number): readonly Sequence[] => {
  const choices: Item[][] = [[]];
  while (cursor.at < cursor.source.length && cursor.source[cursor.at] !== ')') {
    if (takeMatch(cursor, /\|/)) choices.push([]);
    else choices[choices.length - 1]?.push(readItem(cursor, depth));
  }
  return choices;
};

const meet = (left: readonly boolean[], right: readonly boolean[]): boolean =>
  left.some((member, index) => member && right[index] === true);

const join = (left: readonly boolean[], right: readonly boolean[]): readonly boolean[] =>
  left.map((member, index) => member || right[index] === true);

const nothing: readonly boolean[] = characters.map(() => false);

/** What is learnt from right to left: with which characters the rest may begin, how long it may be, how many ways it has. */
type Seen = { readonly first: readonly boolean[]; readonly longest: number; readonly ways: number };

const seeGroup = (group: Group, after: Seen): Seen => {
  const seen = group.choices.map((choice) => seeSequence(choice, after));
  const firsts = group.optional
    ? [...seen.map(({ first }) => first), after.first]
    : seen.map(({ first }) => first);
  // Choices that begin alike are tried one after another.
  const alike = firsts.filter((first, index) =>
    firsts.some((other, place) => place < index && meet(first, other)),
  );
  return {
    first: firsts.reduce(join, nothing),
    longest: Math.max(...seen.map(({ longest }) => longest)),
    ways: Math.max(after.ways, ...seen.map(({ ways }) => ways)) * (1 + alike.length),
  };
};

const seeSequence = (sequence: Sequence, end: Seen): Seen =>
  sequence.reduceRight<Seen>((after, item) => {
    if ('choices' in item) return seeGroup(item, after);
    if (item.min !== item.max && meet(item.set, after.first))
      throw new Unsafe(
        'a repeat of variable length runs into what follows it, which may be the same characters',
      );
    return {
      first: item.min === 0 ? join(item.set, after.first) : item.set,
      longest: after.longest + item.max,
      ways: after.ways,
    };
  }, end);

/**
 * What keeps a regular expression from being proven cheap; undefined where it is.
 * @param maxLength the longest match that its definition states
 */
export const unsafeBecause = (source: string, maxLength: number): string | undefined => {
  try {
    const cursor = { source, at: 0 };
    const choices = readChoices(cursor, 0);
    if (cursor.at < source.length) return 'a bracket is closed that was never opened';
    const { longest, ways } = seeGroup({ choices, optional: false }, { first: nothing, longest: 0, ways: 1 });
    if (ways > maxWays) return 'too many choices begin alike';
    return longest > maxLength
      ? `a match may have ${longest} characters, more than maxLength says`
      : undefined;
  } catch (error) {
    return error instanceof Unsafe ? error.message : 'it is not a regular expression';
  }
};

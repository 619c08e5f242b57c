// Which stretch of a value its windows are taken from: behind the public prefix, of characters that no encoding changes, as unlike
// other values and ordinary text as can be. All forms use the same stretch.

export const windowBytes = 8;
/** Windows at more offsets find a value that something unforeseen cuts once; at fewer they take less room. */
export const mostWindows = 24;

const isPlain = new Uint8Array(256);
for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-.~')
  isPlain[character.charCodeAt(0)] = 1;

/** Whether a window has so many different bytes. Ends at the first place where it does. */
export const isDiverse = (bytes: Uint8Array, at: number, least: number, length = windowBytes): boolean => {
  let count = 0;
  for (let index = at; index < at + length; index += 1) {
    const byte = bytes[index];
    let before = at;
    while (bytes[before] !== byte) before += 1;
    if (before === index) {
      count += 1;
      if (count >= least) return true;
    }
  }
  return false;
};

/** First offset and number of offsets in a row. */
export type Stretch = { readonly from: number; readonly count: number; readonly isPlain: boolean };

/** Different characters of a window: as many as the value has enough windows with. Of one character alone there is none. */
const diversities = [4, 3, 2] as const;
export const leastDiversity = 2;

/** The longest run of offsets that are good; of several long enough the last: values differ at their ends. */
const longestRun = (good: Uint8Array, most: number): { readonly from: number; readonly count: number } => {
  let best = { from: 0, count: 0 };
  let from = 0;
  for (let at = 0; at <= good.length; at += 1) {
    if (at < good.length && good[at] === 1) continue;
    const count = at - from;
    if (Math.min(count, most) >= Math.min(best.count, most) && count > 0) best = { from, count };
    from = at + 1;
  }
  if (best.count <= most) return best;
  return { from: best.from + Math.floor((best.count - most) / 2), count: most };
};

/** Below it a run of plain characters is too short to be relied on alone. */
const enoughPlain = 14;

type Choice = {
  readonly publicLength: number;
  /** Whether the window at an offset stands in another value too. */
  readonly isShared: (at: number) => boolean;
  readonly most: number;
};

/** The best stretch of windows with so many different characters; `enough` is what need not be better. */
const bestStretch = (
  value: Uint8Array,
  { publicLength, isShared, most }: Choice,
  diversity: number,
  enough: number,
): Stretch => {
  const offsets = value.length - windowBytes + 1;
  const diverse = new Uint8Array(offsets);
  const own = new Uint8Array(offsets);
  const plain = new Uint8Array(offsets);
  // How many characters up to here no encoding changes.
  let unchanged = 0;
  for (let index = 0; index < value.length; index += 1) {
    unchanged = isPlain[value[index] ?? 0] === 1 ? unchanged + 1 : 0;
    const at = index - windowBytes + 1;
    if (at < 0 || !isDiverse(value, at, diversity)) continue;
    diverse[at] = 1;
    if (isShared(at)) continue;
    own[at] = 1;
    if (unchanged >= windowBytes && at >= publicLength) plain[at] = 1;
  }
  const best = longestRun(plain, most);
  if (best.count >= enough) return { ...best, isPlain: true };
  // What follows has signs in it that encodings change, reaches into the public part, stands in other values too, or is short.
  const behind = (good: Uint8Array): Uint8Array => good.map((each, at) => (at >= publicLength ? each : 0));
  const rest = [behind(own), own, behind(diverse), diverse].map((good) => longestRun(good, most));
  const longest = Math.max(...rest.map(({ count }) => count));
  const run = rest.find(({ count }) => count >= Math.min(enough, longest)) ?? best;
  return { ...run, isPlain: false };
};

/**
 * Chooses the offsets at which windows of a value begin; null where there are none.
 * @param publicLength leading bytes that are no secret
 * @param isShared whether the window at an offset stands in another value too
 */
export const chooseStretch = (
  value: Uint8Array,
  publicLength: number,
  isShared: (at: number) => boolean,
  most = mostWindows,
): Stretch | null => {
  const offsets = value.length - windowBytes + 1;
  if (offsets <= 0) return null;
  const enough = Math.min(enoughPlain, offsets);
  let best: Stretch = { from: 0, count: 0, isPlain: false };
  for (const diversity of diversities) {
    const stretch = bestStretch(value, { publicLength, isShared, most }, diversity, enough);
    if (stretch.count >= enough) return stretch;
    if (stretch.count > best.count) best = stretch;
  }
  return best.count === 0 ? null : best;
};

// Tells names and words from random letters, without a dictionary: how long the words are of which a run of letters is made.

/** Words of a name such as `XMLHttpRequest` or `nextPageToken`. */
const partsOfName = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;
const leastAverage = 3;
/** Longest of English: `ngths`, `tchst`. */
const tooManyConsonants = /[bcdfghjklmnpqrstvwxz]{6}/;

/**
 * True for letters that may well be a word or a name written in any of the usual ways; random letters of both cases fall into
 * pieces of one or two.
 * @param text letters of ASCII only
 */
export const isWordy = (text: string): boolean => {
  if (tooManyConsonants.test(text)) return false;
  const parts = text.match(partsOfName)?.length ?? 0;
  return parts <= 1 || text.length / parts >= leastAverage;
};

// The search for unknown keys without the engine, for texts of a few kilobytes: a staged change, the clipboard. Finds what
// node/scan/prefix-search.ts finds; a test compares the two.
import { anchorScanner } from '../../providers/anchor-scan.ts';
import type { UnknownJudge, UnknownMatch } from '../matching.ts';
import { settleUnknown } from './settle.ts';
import { textWindow } from './text-window.ts';

/** Longer texts are for the engine. */
const longestText = 8_000_000;

/** Looks for unknown keys in a short text. */
export const createPlainSearch = (judge: UnknownJudge): ((bytes: Uint8Array) => readonly UnknownMatch[]) => {
  const literals = judge.prefixes.map((literal, index) => ({ ...literal, index }));
  const [exact, anyCase] = [false, true].map((folded) =>
    literals.filter((literal) => literal.anyCase === folded),
  );
  const passes = [
    { literals: exact ?? [], fold: (text: string): string => text },
    // Latin-1 letters beyond ASCII would change their length nowhere: lower case keeps each in its place.
    {
      literals: anyCase ?? [],
      fold: (text: string): string => text.replace(/[A-Z]+/g, (run) => run.toLowerCase()),
    },
  ].map((pass) => ({ ...pass, scan: anchorScanner(pass.literals.map(({ text }) => text)) }));
  return (bytes) => {
    const { text } = textWindow(bytes, 0, Math.min(bytes.length, longestText));
    const matches: UnknownMatch[] = [];
    for (const { literals, fold, scan } of passes) {
      const places = scan(fold(text));
      for (const { text: literal, index } of literals)
        for (const at of places(literal)) {
          const match = judge.judge(bytes, at, index);
          if (match !== null) matches.push(match);
        }
    }
    return settleUnknown(matches);
  };
};

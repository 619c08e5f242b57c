// Line and column of places in a piece that is looked at chunk by chunk. Both count from 1; columns count characters.
import type { Matcher } from './matcher.ts';

export type Positions = {
  /** A new piece. */
  readonly begin: () => void;
  /** A chunk is looked at from its beginning. */
  readonly restart: () => void;
  /** Of a byte of the buffer; within one chunk asked for in order. */
  readonly of: (at: number) => { readonly line: number; readonly column: number };
  /** So many bytes leave the buffer at its front. */
  readonly advance: (bytes: number) => void;
};

const newline = 0x0a;

export const createPositions = (
  matcher: Pick<Matcher, 'buffer' | 'isWide' | 'countLines' | 'countCharacters'>,
): Positions => {
  const { buffer } = matcher;
  // Of the piece in front of the buffer: line breaks, and characters since the last one.
  let lines = 0;
  let characters = 0;
  let seenUntil = 0;
  let seenLines = 0;

  const charactersIn = (from: number, to: number): number =>
    matcher.isWide() ? (to - from) >> 1 : matcher.countCharacters(from, to);
  const lastBreak = (before: number): number => (before === 0 ? -1 : buffer.lastIndexOf(newline, before - 1));

  return {
    begin: () => {
      lines = 0;
      characters = 0;
    },
    restart: () => {
      seenUntil = 0;
      seenLines = 0;
    },
    of: (at) => {
      seenLines += matcher.countLines(seenUntil, at);
      seenUntil = at;
      const start = lastBreak(at) + 1;
      const before = (start === 0 ? characters : 0) + charactersIn(start, at);
      return { line: lines + seenLines + 1, column: before + 1 };
    },
    advance: (bytes) => {
      const start = lastBreak(bytes) + 1;
      characters = (start === 0 ? characters : 0) + charactersIn(start, bytes);
      lines += matcher.countLines(0, bytes);
    },
  };
};

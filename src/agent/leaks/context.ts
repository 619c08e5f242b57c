// The lines around a finding, read anew: neutralised, and everything in them that could be a value masked, the found one above all.
import { fail } from '../../core/model/app-error.ts';
import type { Finding } from '../../core/model/finding.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import { maskLine, maskText, type ByteRange } from '../../core/leaks/mask-line.ts';
import type { SessionContext } from '../handler.ts';
import { locate } from './locate.ts';
import { readPiece } from './read-piece.ts';

type Context = CallOutput<'leaks.context'>;

const linesAround = 3;
const newline = 10;

type Line = ByteRange & { readonly number: number };

/** Bounds of the lines around a byte. */
export const linesNear = (bytes: Uint8Array, at: number, around: number): readonly Line[] => {
  const lines: Line[] = [];
  let start = 0;
  for (let number = 1; start <= bytes.length; number += 1) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start || found >= 0) lines.push({ number, start, end });
    const here = lines.findIndex((line) => line.start <= at && at <= line.end);
    if (here < 0 && lines.length > around) lines.shift();
    if (found < 0 || (here >= 0 && lines.length > here + around)) break;
    start = found + 1;
  }
  return lines;
};

const notThere = fail(
  'not-found',
  'The value does not stand there any more.',
  'Scan again to see where the key is now.',
);

const withoutBreak = (bytes: Uint8Array, { start, end }: ByteRange): ByteRange => ({
  start,
  end: bytes[end - 1] === 13 ? end - 1 : end,
});

/** Reads the place and shows what is around it. `not-found` where it is gone. */
export const contextOf = async (context: SessionContext, finding: Finding): Promise<Result<Context>> => {
  const read = await readPiece(finding.place);
  if (!read.ok) return read;
  const bytes = read.value;
  try {
    const spans = locate(context, finding, bytes);
    const [found] = spans;
    if (found === undefined) return notThere;
    const lines = linesNear(bytes, found.start, linesAround);
    const at = lines.find(({ start, end }) => start <= found.start && found.start <= end);
    return ok({
      at: at?.number ?? 0,
      lines: lines.map((line) => {
        if (line !== at)
          return { line: line.number, text: maskText(bytes, withoutBreak(bytes, line), spans) };
        const { before, after } = maskLine(bytes, found, spans);
        return { line: line.number, text: `${before}${finding.masked}${after}` };
      }),
    });
  } finally {
    bytes.fill(0);
  }
};

// Where readers put their pieces: collects them in the matcher's buffer, has them matched, and tells of each match once, with its line
// and what stands around it. What was read is overwritten when the piece ends. docs/scanning.md §3.
import { maskLine } from '../../core/leaks/mask-line.ts';
import { overlapBytes, type Match, type NotRead } from '../../core/leaks/matching.ts';
import { valueOfMatch } from '../../core/leaks/patterns/encoded-value.ts';
import { keyedHash } from './keyed-hash.ts';
import type { Matcher } from './matcher.ts';
import { createPositions, type Positions } from './positions.ts';
import type { PieceLabel, PieceSink, Sighting } from './source.ts';

export type PieceMatcherParts = {
  readonly matcher: Matcher;
  /** 32 bytes: tells unknown values apart. Borrowed. */
  readonly valueKey: Uint8Array;
  readonly onSighting: (sighting: Sighting) => void;
  readonly onNotRead: (entry: NotRead) => void;
  readonly cancelled: () => boolean;
};

/** Less room than this is not worth a call of the system. */
const leastRoom = 64 * 1024;
/** So many matches before and behind one are masked in the line around it. */
const neighbours = 16;

/** What was told of a piece and may be met again in the next chunk; bytes of the piece. */
type Told = { readonly slot: number | null; readonly start: number; readonly end: number };

class Pieces implements PieceSink {
  readonly #parts: PieceMatcherParts;
  readonly #positions: Positions;
  #label: PieceLabel | null = null;
  #used = 0;
  /** Where in the piece the buffer begins. */
  #base = 0;
  #told: Told[] = [];

  constructor(parts: PieceMatcherParts) {
    this.#parts = parts;
    this.#positions = createPositions(parts.matcher);
  }

  readonly begin = (label: PieceLabel): void => {
    this.#label = label;
    this.#used = 0;
    this.#base = 0;
    this.#told = [];
    this.#positions.begin();
  };

  readonly room = (): Uint8Array => {
    const { buffer } = this.#parts.matcher;
    if (buffer.length - this.#used < leastRoom) this.#pass(false);
    return buffer.subarray(this.#used);
  };

  readonly filled = (length: number): void => {
    this.#used += length;
  };

  readonly write = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length;) {
      const room = this.room();
      const part = bytes.subarray(at, at + room.length);
      room.set(part);
      this.filled(part.length);
      at += part.length;
    }
  };

  readonly end = (): void => {
    if (this.#used > 0) this.#pass(true);
    this.#label = null;
  };

  readonly notRead = (entry: NotRead): void => this.#parts.onNotRead(entry);

  readonly cancelled = (): boolean => this.#parts.cancelled();

  /** Matches what the buffer holds; of a piece that goes on its end stays, so that nothing is cut. */
  #pass(isLast: boolean): void {
    const { matcher, cancelled } = this.#parts;
    const used = this.#used;
    if (!cancelled()) this.#tellAll(matcher.match(used, isLast));
    // An even number of bytes goes, so that a text of two bytes for each character stays one.
    const kept = isLast ? 0 : Math.min(used, overlapBytes + (used & 1));
    if (!isLast) {
      if (this.#label?.hasLines === true) this.#positions.advance(used - kept);
      matcher.buffer.copyWithin(0, used - kept, used);
    }
    this.#base += used - kept;
    this.#used = kept;
    this.#told = this.#told.filter(({ end }) => end > this.#base);
    matcher.wipe(kept, used);
  }

  #isTold(match: Match): boolean {
    const [start, end] = [match.start + this.#base, match.end + this.#base];
    const slot = match.what === 'known' ? match.slot : null;
    return this.#told.some((told) =>
      slot === null
        ? told.start < end && start < told.end
        : told.slot === slot && told.start < end && start < told.end,
    );
  }

  #tellAll(matches: readonly Match[]): void {
    const before = this.#told;
    const fresh = matches.filter((match) => !this.#isTold(match));
    this.#positions.restart();
    for (const [at, match] of fresh.entries()) {
      this.#tell(match, fresh.slice(Math.max(0, at - neighbours), at + neighbours));
    }
    const told = fresh.map((match) => ({
      slot: match.what === 'known' ? match.slot : null,
      start: match.start + this.#base,
      end: match.end + this.#base,
    }));
    this.#told = [...before, ...told];
  }

  #tell(match: Match, around: readonly Match[]): void {
    const label = this.#label;
    const { matcher, onSighting } = this.#parts;
    if (label === null) return;
    const offset = match.start + this.#base;
    const position = label.hasLines ? this.#positions.of(match.start) : { line: null, column: null };
    const bytes = matcher.buffer.subarray(0, this.#used);
    const { kind, path, inside } = label;
    onSighting({
      ...this.#valueOf(match),
      place: { kind, path, inside, commit: label.objectAt?.(offset) ?? label.commit, ...position },
      ...maskLine(bytes, match, around),
      offset,
      length: match.end - match.start,
    });
  }

  #valueOf(match: Match): Pick<Sighting, 'slot' | 'pattern' | 'valueMark' | 'encoding' | 'masked'> {
    const { matcher, valueKey } = this.#parts;
    if (match.what === 'known') {
      const { slot, encoding } = match;
      return { slot, pattern: null, valueMark: null, encoding, masked: '' };
    }
    const value = valueOfMatch(matcher.buffer, match);
    const valueMark = Buffer.from(keyedHash(valueKey, value)).toString('hex');
    value.fill(0);
    return {
      slot: null,
      pattern: match.pattern,
      valueMark,
      encoding: match.encoding ?? 'plain',
      masked: matcher.maskOf(match),
    };
  }
}

/** A sink whose pieces are matched. */
export const createPieceMatcher = (parts: PieceMatcherParts): PieceSink => {
  const pieces = new Pieces(parts);
  const { begin, room, filled, write, end, notRead, cancelled } = pieces;
  return { begin, room, filled, write, end, notRead, cancelled };
};

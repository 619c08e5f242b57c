// Known values in a text of the shared memory: the engine gives candidates, the walk follows them, the whole value's keyed hash
// confirms. docs/scanning.md §2.
import type { FormKind } from '../../core/leaks/forms.ts';
import type { KnownMatch } from '../../core/leaks/matching.ts';
import { walk, type Candidate, type Confirm } from '../../core/leaks/walk.ts';
import type { EngineExports } from './engine.ts';
import { keyedHash } from './keyed-hash.ts';
import { confirmBytes, confirmKeyBytes, formBytes, shiftBits, targetBytes } from './table-layout.ts';
import type { PlacedTables } from './placed-tables.ts';

const recordsAt = 64;
const recordBytes = 16;
const mostRecords = 16_384;
/** Room that a search takes for what the engine writes. */
export const outBytes = recordsAt + mostRecords * recordBytes + 512;
/** A form that led astray so often within a text is from then on only followed where it stands unchanged. */
const mostAstray = 200;

export type KnownSearch = {
  /** @param text address and length; zeros in front of it and behind */
  readonly search: (text: { readonly begin: number; readonly length: number }) => readonly KnownMatch[];
  /** Overwrites the key that it holds. */
  readonly wipe: () => void;
};

type Parts = {
  readonly memory: WebAssembly.Memory;
  readonly engine: Pick<EngineExports, 'scanKnown' | 'scanLasting'>;
  readonly out: number;
  readonly tables: PlacedTables;
};

type Form = {
  readonly slot: number;
  readonly kind: FormKind;
  readonly base: number;
  readonly shift: number;
  readonly squeezed: boolean;
  readonly size: { readonly bytes: number; readonly units: number };
  readonly confirm: Uint8Array;
};

const isEqual = (left: Uint8Array, right: Uint8Array): boolean => {
  let difference = 0;
  for (let at = 0; at < confirmBytes; at += 1) difference |= (left[at] ?? 0) ^ (right[at] ?? 0);
  return difference === 0;
};

/** Matches of one text, each once. */
const createFound = () => {
  const bySlot = new Map<number, KnownMatch[]>();
  return {
    covers: (slot: number, at: number): boolean =>
      bySlot.get(slot)?.some(({ start, end }) => start <= at && at < end) ?? false,
    add: (match: KnownMatch): void => {
      const there = bySlot.get(match.slot);
      if (there === undefined) bySlot.set(match.slot, [match]);
      else if (!there.some(({ start, end }) => start < match.end && match.start < end)) there.push(match);
    },
    all: (): readonly KnownMatch[] => [...bySlot.values()].flat(),
  };
};

class TableSearch implements KnownSearch {
  readonly #parts: Parts;
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #key: Uint8Array;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#view = new DataView(parts.memory.buffer);
    this.#bytes = new Uint8Array(parts.memory.buffer);
    this.#key = this.#bytes.slice(parts.tables.confirmKey, parts.tables.confirmKey + confirmKeyBytes);
  }

  #form(index: number): Form | null {
    const { forms, formCount, targets } = this.#parts.tables;
    if (index >= formCount) return null;
    const form = forms + index * formBytes;
    const target = targets + this.#view.getUint32(form, true) * targetBytes;
    // Of lasting tables the length of the windows stands in the upper bytes.
    const kind = this.#view.getUint32(form + 4, true);
    return {
      slot: this.#view.getUint32(target, true),
      kind: (kind & 0xff) as FormKind,
      shift: this.#parts.tables.what === 'session' ? kind >>> shiftBits : 0,
      base: this.#view.getUint32(form + 8, true),
      squeezed: this.#view.getUint32(target + 12, true) === 1,
      size: { bytes: this.#view.getUint32(target + 4, true), units: this.#view.getUint32(target + 8, true) },
      confirm: this.#bytes.subarray(target + 16, target + 16 + confirmBytes),
    };
  }

  readonly wipe = (): void => {
    this.#key.fill(0);
  };

  readonly search: KnownSearch['search'] = ({ begin, length }) => {
    const { engine, out, tables } = this.#parts;
    const found = createFound();
    const astray = new Map<number, number>();
    for (let from = 0; from < length;) {
      this.#view.setUint32(out, 0, true);
      const scan = tables.what === 'session' ? engine.scanKnown : engine.scanLasting;
      from = scan(tables.head, begin, from, length, out, mostRecords);
      const count = this.#view.getUint32(out, true);
      for (let index = 0; index < count; index += 1) {
        const record = out + recordsAt + index * recordBytes;
        this.#follow({ begin, length }, record, found, astray);
      }
      this.#bytes.fill(0, out, out + recordsAt + count * recordBytes);
      if (tables.what === 'lasting') this.#bytes.fill(0, out + outBytes - 512, out + outBytes);
    }
    return found.all();
  };

  #follow(
    { begin, length }: { readonly begin: number; readonly length: number },
    record: number,
    found: ReturnType<typeof createFound>,
    astray: Map<number, number>,
  ): void {
    const number = this.#view.getUint32(record + 4, true);
    const form = this.#form(number);
    if (form === null) return;
    const at = this.#view.getUint32(record, true) - begin + form.shift;
    if (at < 0 || at >= length || found.covers(form.slot, at)) return;
    const { slot, kind, base, squeezed, size, confirm: wanted } = form;
    const index = base + this.#view.getUint32(record + 8, true);
    const candidate: Candidate = { kind, size, squeezed, at, index };
    const confirm: Confirm = (value) => isEqual(keyedHash(this.#key, value), wanted);
    const text = { text: this.#bytes.subarray(begin, begin + length), from: 0, to: length };
    const before = astray.get(number) ?? 0;
    const walked = walk(text, candidate, confirm, before >= mostAstray);
    if (walked === null) astray.set(number, before + 1);
    else found.add({ what: 'known', slot, ...walked });
  }
}

export const createKnownSearch = (parts: Parts): KnownSearch => new TableSearch(parts);

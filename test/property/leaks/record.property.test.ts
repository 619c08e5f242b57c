// Recording at random: scans of a few files whose content changes, against a plain model of what stands where.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordSeen, type Seen, type SeenAt } from '../../../src/core/leaks/findings/record.ts';
import { unknownOf } from '../../../src/core/leaks/findings/mark.ts';
import { isPresent } from '../../../src/core/leaks/states.ts';
import { aPlace, aSighting } from '../../support/findings.ts';
import { newDesk, noon } from '../../support/key-book.ts';
import { blake2bHex } from '../../support/tiny-hash.ts';

const files = ['/a', '/b', '/c'] as const;
const values = ['0'.repeat(16), '1'.repeat(16), '2'.repeat(16)] as const;

/** What one file holds: values in order, some of them twice. */
const aContent = fc.array(fc.nat({ max: values.length - 1 }), { maxLength: 5 });
const aScan = fc.record({
  file: fc.nat({ max: files.length - 1 }),
  content: aContent,
  shift: fc.nat({ max: 100 }),
  whole: fc.boolean(),
  history: fc.boolean(),
});

const sightings = (
  file: string,
  content: readonly number[],
  shift: number,
  history: boolean,
): readonly Seen[] =>
  content.map((value, index) => {
    const valueMark = values[value] ?? '';
    const place = {
      ...aPlace,
      kind: history ? ('commit' as const) : aPlace.kind,
      path: file,
      commit: history ? 'c'.repeat(40) : null,
      line: index + shift,
    };
    return aSighting({ of: unknownOf(valueMark), valueMark, place });
  });

/** How often each value stands in each place now, as far as anybody has looked. */
type Model = Map<string, number[]>;

const applyToModel = (model: Model, at: string, content: readonly number[], whole: boolean): void => {
  const counts = values.map((_, value) => content.filter((each) => each === value).length);
  const before = model.get(at) ?? values.map(() => 0);
  // What was only partly read cannot tell that something is gone.
  model.set(at, whole ? counts : counts.map((count, value) => Math.max(count, before[value] ?? 0)));
};

describe('recording what was seen', () => {
  it('keeps exactly one finding for each value at each place, however often and in whatever lines it is seen', () => {
    fc.assert(
      fc.property(fc.array(aScan, { maxLength: 25 }), (scans) => {
        const desk = newDesk();
        const model: Model = new Map();
        let nowMs = noon;
        for (const { file, content, shift, whole, history } of scans) {
          nowMs += 10_000;
          const path = files[file] ?? '/a';
          const at: SeenAt = {
            path,
            whole,
            scope: history ? 'history' : 'file',
            atMs: nowMs,
            list: sightings(path, content, shift, history),
          };
          const { book, newId } = desk.work();
          const { changes } = recordSeen(
            { book, nowMs, newId, mark: (text) => blake2bHex(new TextEncoder().encode(text)), most: 1_000 },
            [at],
          );
          desk.apply({ ok: true, value: { value: undefined, changes, audit: [] } });
          applyToModel(model, `${path} ${String(history)}`, content, whole);
        }
        const found = [...desk.book().findings.values()].map(({ body }) => body);
        for (const [at, counts] of model) {
          const present = found.filter(
            (body) => isPresent(body) && `${body.place.path} ${String(body.place.commit !== null)}` === at,
          );
          counts.forEach((count, value) => {
            expect(present.filter(({ valueMark }) => valueMark === values[value])).toHaveLength(count);
          });
        }
        expect(new Set(found.map(({ mark }) => mark)).size).toBe(found.length);
      }),
      { numRuns: 300 },
    );
  });

  it('writes nothing where nothing is other than it was', () => {
    fc.assert(
      fc.property(aContent, (content) => {
        const desk = newDesk();
        const list = sightings('/a', content, 1, false);
        const at: SeenAt = { path: '/a', whole: true, scope: 'file', atMs: noon, list };
        const record = (nowMs: number) => {
          const { book, newId } = desk.work();
          const mark = (text: string): string => blake2bHex(new TextEncoder().encode(text));
          const recorded = recordSeen({ book, nowMs, newId, mark, most: 1_000 }, [{ ...at, atMs: nowMs }]);
          desk.apply({ ok: true, value: { value: undefined, changes: recorded.changes, audit: [] } });
          return recorded;
        };
        expect(record(noon).fresh).toHaveLength(content.length);
        expect(record(noon + 60_000)).toMatchObject({ changes: [], fresh: [], gone: 0 });
      }),
    );
  });

  it('keeps no more than it may, and says how many it left out', () => {
    const desk = newDesk();
    const list = sightings('/a', [0, 1, 2, 0, 1], 1, false);
    const { book, newId } = desk.work();
    const mark = (text: string): string => blake2bHex(new TextEncoder().encode(text));
    const recorded = recordSeen({ book, nowMs: noon, newId, mark, most: 3 }, [
      { path: '/a', whole: true, scope: 'file', atMs: noon, list },
    ]);
    expect(recorded.fresh).toHaveLength(3);
    expect(recorded.dropped).toBe(2);
  });
});

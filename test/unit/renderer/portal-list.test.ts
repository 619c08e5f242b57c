// The names of a portal against those of the vault: nothing is matched by half, and every name and key is told once.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareWithPortal, namesIn } from '../../../src/renderer/features/providers/portal-list.ts';

const key = (id: string, name: string, portalName = '') => ({ id, name, portalName });

describe('the portal’s list', () => {
  test('is a name a line, the first cell of a table, each once', () => {
    expect(namesIn(' Payouts \r\n\nPayouts\nTreasury\tActive\t2026-01-01\n\t')).toEqual([
      'Payouts',
      'Treasury',
    ]);
  });

  test('is held against the names that were noted, else against the keys’ own, in any case', () => {
    const keys = [key('1', 'payouts-prod', 'Payouts'), key('2', 'treasury'), key('3', 'old', 'Sandbox')];
    const found = compareWithPortal(['payouts', 'Treasury', 'Somebody’s'], keys);
    expect(found.both.map(({ portal, key: { id } }) => [portal, id])).toEqual([
      ['payouts', '1'],
      ['Treasury', '2'],
    ]);
    expect(found.onlyThere).toEqual(['Somebody’s']);
    expect(found.onlyHere.map(({ id }) => id)).toEqual(['3']);
  });

  test('a name that two keys have stands for both: which one it is nobody knows', () => {
    const found = compareWithPortal(['Shared'], [key('1', 'a', 'Shared'), key('2', 'b', 'shared')]);
    expect(found.both.map(({ key: { id } }) => id)).toEqual(['1', '2']);
  });

  test('loses no name and no key', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'A ', 'payouts');
    fc.assert(
      fc.property(fc.array(name), fc.array(name), (lines, kept) => {
        const listed = namesIn(lines.join('\n'));
        const keys = kept.map((each, index) => key(String(index), each));
        const { both, onlyThere, onlyHere } = compareWithPortal(listed, keys);
        expect(new Set([...both.map(({ portal }) => portal), ...onlyThere])).toEqual(new Set(listed));
        const told = new Set([...both.map((each) => each.key.id), ...onlyHere.map(({ id }) => id)]);
        expect(told.size).toBe(keys.length);
        expect(onlyHere.some(({ id }) => both.some((each) => each.key.id === id))).toBe(false);
      }),
    );
  });
});

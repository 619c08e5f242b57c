// What the window makes of findings: their order, what filters leave, the map, and the words.
import { describe, expect, it } from 'vitest';
import {
  filterFindings,
  groupFindings,
  groupIdOf,
  leakRows,
  noFilter,
  summarise,
} from '../../../src/renderer/features/leaks/group-findings.ts';
import { layHeat } from '../../../src/renderer/features/leaks/heat-layout.ts';
import {
  bytesWords,
  encodingWords,
  leftWords,
  liveMark,
  notReadWords,
  placeWords,
  rootWords,
  severityNames,
  shortPath,
  shortSpot,
  spotWords,
} from '../../../src/renderer/features/leaks/leak-words.ts';
import { leakEncodings, placeKinds, severities } from '../../../src/core/model/finding.ts';
import { notReadReasons } from '../../../src/core/leaks/matching.ts';
import { nextKeyRow } from '../../../src/renderer/features/keys/list-moves.ts';
import { commitOf, finding, idOf, type Owner } from '../../support/bridge-double/sample-findings.ts';

const owner = (number: number, part: Partial<Owner> = {}): Owner => ({
  keyId: idOf(1_000 + number),
  name: `key-${number}`,
  provider: 'circle-mint',
  providerName: 'Circle Mint',
  kind: 'live',
  valueMark: null,
  masked: 'LIVE…',
  ...part,
});
const unknown = (valueMark: string): Owner => owner(0, { keyId: null, name: null, valueMark });

describe('the order of what was found', () => {
  it('is by key, the worst first, then the one in the most places', () => {
    const found = [
      finding(1, owner(1), { severity: 'medium' }),
      finding(2, owner(2), { severity: 'low' }),
      finding(3, owner(2), { severity: 'critical' }),
      finding(4, owner(3), { severity: 'medium' }),
      finding(5, owner(3), { severity: 'low' }),
    ];
    const groups = groupFindings(found);
    expect(groups.map(({ name, worst }) => `${name} ${worst}`)).toEqual([
      'key-2 critical',
      'key-3 medium',
      'key-1 medium',
    ]);
    expect(groups[0]?.findings.map(({ id }) => id)).toEqual([idOf(3), idOf(2)]);
  });

  it('puts the places of one unknown value together, and those of two apart', () => {
    const groups = groupFindings([
      finding(1, unknown('aa')),
      finding(2, unknown('bb')),
      finding(3, unknown('aa')),
    ]);
    expect(groups.map(({ findings }) => findings.length)).toEqual([2, 1]);
    // Without any mark of the value there is nothing to say that two are one.
    const alone = owner(0, { keyId: null, name: null, valueMark: null });
    expect(groupFindings([finding(1, alone), finding(2, alone)])).toHaveLength(2);
    expect(groupIdOf({ keyId: 'k', valueMark: 'v' })).toBe('k');
  });

  it('has a heading before each group, which arrow keys step over', () => {
    const rows = leakRows(groupFindings([finding(1, owner(1)), finding(2, owner(1)), finding(3, owner(2))]));
    expect(rows.map(({ type }) => type)).toEqual(['heading', 'finding', 'finding', 'heading', 'finding']);
    expect(nextKeyRow(rows, -1, 'Home', 10)).toBe(1);
    expect(nextKeyRow(rows, 2, 'ArrowDown', 10)).toBe(4);
    expect(nextKeyRow(rows, 4, 'ArrowUp', 10)).toBe(2);
    expect(nextKeyRow(rows, 1, 'ArrowUp', 10)).toBeNull();
  });

  it('counts keys and places that want somebody, and leaves out what was dealt with', () => {
    const found = [
      finding(1, owner(1), { severity: 'low' }),
      finding(2, owner(1), { severity: 'high', state: 'returned' }),
      finding(3, owner(2), { severity: 'critical', state: 'accepted' }),
      finding(4, owner(3), { severity: 'critical', state: 'resolved' }),
    ];
    expect(summarise(found)).toEqual({
      groups: 1,
      places: 2,
      worst: 'high',
      byKey: new Map([[idOf(1_001), 2]]),
    });
    expect(summarise([])).toMatchObject({ groups: 0, places: 0, worst: null });
  });
});

describe('filters', () => {
  const found = [
    finding(1, owner(1), { place: { kind: 'log', path: '/srv/logs/Debug.log' } }),
    finding(2, owner(1), { state: 'accepted' }),
    finding(3, owner(2), { severity: 'high' }),
    finding(4, unknown('aa'), { state: 'gone', place: { path: '/home/you/notes.md' } }),
  ];
  const left = (part: Partial<typeof noFilter>): readonly string[] =>
    filterFindings(found, { ...noFilter, ...part }).map(({ id }) => id);

  it('leave what wants somebody at first, and each state when it is asked for', () => {
    expect(left({})).toEqual([idOf(1), idOf(3)]);
    expect(left({ state: 'accepted' })).toEqual([idOf(2)]);
    expect(left({ state: 'gone' })).toEqual([idOf(4)]);
    expect(left({ state: 'all' })).toHaveLength(4);
  });

  it('find every word of a text, in names, paths and words, whatever its case', () => {
    expect(left({ text: 'debug KEY-1' })).toEqual([idOf(1)]);
    expect(left({ text: 'circle mint log' })).toEqual([idOf(1)]);
    expect(left({ text: 'debug key-2' })).toEqual([]);
  });

  it('narrow by severity, kind of place and key together', () => {
    expect(left({ severity: 'high' })).toEqual([idOf(3)]);
    expect(left({ place: 'log' })).toEqual([idOf(1)]);
    expect(left({ state: 'all', group: { id: 'aa', name: 'x' } })).toEqual([idOf(4)]);
    expect(left({ severity: 'high', place: 'log' })).toEqual([]);
  });
});

describe('the map', () => {
  const cell = (
    number: number,
    place: 'log' | 'commit' | 'env-file',
    count: number,
    worst: 'low' | 'high',
  ) => ({
    keyId: idOf(number),
    valueMark: null,
    name: `key-${number}`,
    place,
    count,
    worst,
  });

  it('has a column for each kind in which something stands, and the worst row first', () => {
    const heat = layHeat([
      cell(1, 'log', 9, 'low'),
      cell(2, 'commit', 1, 'high'),
      cell(2, 'log', 2, 'low'),
      cell(3, 'env-file', 0, 'high'),
    ]);
    expect(heat.columns).toEqual(['commit', 'log']);
    expect(heat.rows.map(({ name, total, worst }) => [name, total, worst])).toEqual([
      ['key-2', 3, 'high'],
      ['key-1', 9, 'low'],
    ]);
    expect(heat.rows[1]?.cells.map((each) => each?.count ?? null)).toEqual([null, 9]);
    expect(layHeat([])).toEqual({ columns: [], rows: [] });
  });
});

describe('the words', () => {
  it('know every kind of place, encoding, severity and reason of the core', () => {
    expect(Object.keys(placeWords).sort()).toEqual([...placeKinds].sort());
    expect(Object.keys(encodingWords).sort()).toEqual([...leakEncodings].sort());
    expect(severityNames).toEqual(severities);
    expect(Object.keys(notReadWords).sort()).toEqual([...notReadReasons].sort());
    expect(placeKinds.map(rootWords).every((word) => /^[A-Z].*s$/.test(word))).toBe(true);
  });

  it('tell a path apart by its end, on every system', () => {
    expect(shortPath({ path: '/home/you/src/shop/config.ts', inside: '' })).toBe('shop/config.ts');
    expect(shortPath({ path: String.raw`C:\Users\you\.env`, inside: '' })).toBe('you/.env');
    expect(shortPath({ path: '/home/you/src/shop', inside: 'deploy/a.yaml' })).toBe('shop › deploy/a.yaml');
    expect(shortPath({ path: '/x', inside: '' })).toBe('x');
  });

  it('say the spot as far as it is known', () => {
    const { place } = finding(1, owner(1));
    expect(spotWords(place)).toBe('line 12, column 18');
    expect(spotWords({ ...place, column: null })).toBe('line 12');
    expect(spotWords({ ...place, line: null, column: null })).toBe('');
    const inCommit = { ...place, commit: commitOf(3) };
    expect(spotWords(inCommit)).toBe(`in ${commitOf(3).slice(0, 8)}, line 12, column 18`);
    expect(shortSpot(inCommit)).toBe(commitOf(3).slice(0, 8));
    expect(shortSpot(place)).toBe('12:18');
  });

  it('count bytes and the time that is left in units that a person reads', () => {
    expect([0, 812, 4_120, 96_000_000, 2_140_000_000].map(bytesWords)).toEqual([
      '0 bytes',
      '812 bytes',
      '4.1 kB',
      '96 MB',
      '2.1 GB',
    ]);
    expect([null, 0, 20_400, 59_999, 150_000].map(leftWords)).toEqual([
      '',
      'about 1 s left',
      'about 21 s left',
      'about 60 s left',
      'about 3 min left',
    ]);
  });

  it('show a state of the vault by its mark, and any other by what was said', () => {
    expect(liveMark('invalid')).toEqual({ mark: 'refused', word: 'refused' });
    expect(liveMark('toString').word).toBe('toString');
  });
});

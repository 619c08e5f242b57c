// A whole environment as a file, and as a change to a file that is there.
import dotenv from 'dotenv';
import { describe, expect, test } from 'vitest';
import {
  applyEnvironment,
  composeEnvironment,
  renderEnvironment,
} from '../../src/core/delivery/environment-file.ts';
import type { EnvironmentItem } from '../../src/core/delivery/environment-file.ts';
import type { Result } from '../../src/core/model/result.ts';
import { SecretBytes } from '../../src/core/model/secret-bytes.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const unwrap = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};
const key = (
  name: string,
  ...fields: readonly (readonly [string, string | null, string])[]
): EnvironmentItem => ({
  type: 'key',
  name,
  fields: fields.map(([field, variable, value]) => ({
    name: field,
    variable,
    value: SecretBytes.fromText(value),
  })),
});
const variable = (name: string, value: string): EnvironmentItem => ({
  type: 'variable',
  name,
  value: SecretBytes.fromText(value),
});

const items = [
  variable('PORT', '3000'),
  key('Builds', ['name', 'APP_NAME', 'ci'], ['secret', 'APP_SECRET', 'p w'], ['note', null, 'unused']),
  variable('DEBUG', 'false'),
];

describe('an environment as a file', () => {
  test('has all fields with a variable and all plain variables, in stored order', () => {
    const entries = unwrap(composeEnvironment(items));
    expect(decoder.decode(unwrap(renderEnvironment(entries, 'dotenv')))).toBe(
      "PORT=3000\nAPP_NAME=ci\nAPP_SECRET='p w'\nDEBUG=false\n",
    );
    expect(entries[2]?.value.use((bytes) => decoder.decode(bytes))).toBe('p w');
  });

  test('names both owners of a variable that two claim', () => {
    const twoKeys = composeEnvironment([
      key('First', ['secret', 'TOKEN', '1']),
      key('Second', ['secret', 'TOKEN', '1']),
    ]);
    expect(twoKeys).toMatchObject({ ok: false, error: { kind: 'conflict', where: { field: 'TOKEN' } } });
    expect(JSON.stringify(twoKeys)).toContain('the key First and from the key Second');
    const both = composeEnvironment([variable('TOKEN', '1'), key('Second', ['secret', 'TOKEN', '1'])]);
    expect(JSON.stringify(both)).toContain('the variable TOKEN and from the key Second');
  });

  test('says which variable a format cannot carry', () => {
    const entries = unwrap(composeEnvironment([key('Certificate', ['secret', 'PEM', 'a\nb'])]));
    expect(renderEnvironment(entries, 'docker')).toMatchObject({ error: { where: { field: 'PEM' } } });
  });
});

describe('an environment applied to a file that is there', () => {
  const apply = (text: string, given: readonly EnvironmentItem[] = items) =>
    applyEnvironment(encoder.encode(text), unwrap(composeEnvironment(given)));

  test('changes what differs, adds what is missing and leaves every other byte', () => {
    const text =
      '# mine\r\nexport PORT = "3000" # as ever\r\nOTHER=1\r\nAPP_SECRET=old\r\n<<junk\r\nDEBUG=true';
    const applied = unwrap(apply(text));
    expect(decoder.decode(applied.bytes)).toBe(
      '# mine\r\nexport PORT = "3000" # as ever\r\nOTHER=1\r\nAPP_SECRET=p w\r\n<<junk\r\nDEBUG=false\r\nAPP_NAME=ci\r\n',
    );
    expect(applied).toMatchObject({ changed: ['APP_SECRET', 'DEBUG'], added: ['APP_NAME'], leftBehind: [] });
  });

  test('gives the same bytes where nothing differs, and applies itself once only', () => {
    const once = unwrap(apply('')).bytes;
    const twice = unwrap(applyEnvironment(once, unwrap(composeEnvironment(items))));
    expect(twice).toEqual({ bytes: once, changed: [], added: [], leftBehind: [] });
  });

  test('says where an overridden entry keeps an old value', () => {
    expect(unwrap(apply('PORT=1\nPORT=2\n', [variable('PORT', '3')]))).toMatchObject({
      bytes: encoder.encode('PORT=1\nPORT=3\n'),
      leftBehind: ['PORT'],
    });
  });

  test('finds other quotes where the first choice would be read otherwise', () => {
    const applied = unwrap(apply("A=1\nB='open\n", [variable('A', 'new'), variable('C', '# x')]));
    expect(dotenv.parse(decoder.decode(applied.bytes))).toEqual({ A: 'new', B: "'open", C: '# x' });
    expect(applied).toMatchObject({ changed: ['A'], added: ['C'] });
  });

  test('fails as a whole where one value cannot be written', () => {
    expect(apply('A=1\n', [variable('A', '2'), variable('B', 'x\r')])).toMatchObject({
      error: { where: { field: 'B' } },
    });
  });
});

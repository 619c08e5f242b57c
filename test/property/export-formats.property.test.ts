// Whatever Keyturn exports, its real reader reads back unchanged, or Keyturn refuses and names the variable.
import { parseEnv } from 'node:util';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { parseDotenv } from '../../src/core/delivery/dotenv-document.ts';
import { renderExport } from '../../src/core/delivery/export-formats.ts';
import type { ExportEntry, ExportFormat } from '../../src/core/delivery/export-formats.ts';
import {
  hasProgram,
  readByDockerRules,
  readByPowershellRules,
  readWithDocker,
  readWithShell,
} from '../support/environment-readers.ts';
import type { Variables } from '../support/environment-readers.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const pieces = [
  ...[
    "'",
    '"',
    '`',
    '\\',
    '\n',
    '\r',
    '\t',
    '$',
    '$HOME',
    '${HOME}',
    '$(id)',
    '#',
    ' #',
    ' ',
    '-',
    '--',
    '-n',
    '=',
    '!',
    '~',
  ],
  ...[
    'a',
    'Z',
    '0',
    '007',
    '1e3',
    'true',
    'null',
    'NO',
    '2024-01-01',
    '%PATH%',
    ':',
    ': ',
    '- ',
    '[',
    '{',
    '}',
    ',',
    '&',
    '*',
  ],
  ...[
    '|',
    '>',
    '@',
    '?',
    '<<',
    '\\n',
    '\\r',
    "\\'",
    '\\\\',
    '\v',
    '\f',
    '\b',
    '\u0001',
    '\u001b',
    '\u007f',
    '\u0085',
  ],
  ...[
    '\u00a0',
    '\u2018',
    '\u2019',
    '\u201a',
    '\u201b',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\ufffe',
    '\uffff',
    '\u{1f511}',
  ],
  ...['é', '\u{10ffff}', '\ue000', '\uf600', '\uf6ff', '\ufdd0'],
];
const nasty = fc
  .oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((list) => list.join('')),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  )
  .map((text) => text.replaceAll('\0', ''));

/** Many values at once, so that a reader that is a process starts once for all of them. */
const manyValues = fc.array(nasty, { minLength: 150, maxLength: 200 });

const entryOf = (value: string, index: number): ExportEntry => ({
  name: `KT_${index}`,
  value: encoder.encode(value),
});
const render = (entries: readonly ExportEntry[], format: ExportFormat) =>
  renderExport(entries, format, { comment: "It's a head\nof two lines", secretName: 'keys' });

/** The values that the format takes; the others must be refused by name. */
const split = (values: readonly string[], format: ExportFormat) => {
  const kept = values.map(entryOf).filter((entry) => {
    const alone = render([entry], format);
    if (!alone.ok) expect(alone.error).toMatchObject({ kind: 'bad-input', where: { field: entry.name } });
    return alone.ok;
  });
  const rendered = render(kept, format);
  if (!rendered.ok) throw new Error(rendered.error.message);
  const expected = Object.fromEntries(kept.map(({ name, value }) => [name, decoder.decode(value)]));
  return {
    bytes: rendered.value,
    text: decoder.decode(rendered.value),
    expected,
    share: kept.length / values.length,
  };
};

const pick = (variables: Variables, expected: Variables): Variables =>
  Object.fromEntries(
    Object.entries(variables).filter(([name]) => name in expected || name.startsWith('KT_')),
  );

const checkWith = (
  format: ExportFormat,
  numRuns: number,
  leastShare: number,
  read: (bytes: Uint8Array, text: string) => Variables,
) =>
  fc.assert(
    fc.property(manyValues, (values) => {
      const { bytes, text, expected, share } = split(values, format);
      expect(share).toBeGreaterThanOrEqual(leastShare);
      expect(pick(read(bytes, text), expected)).toEqual(expected);
    }),
    { numRuns },
  );

const parseOwn = (bytes: Uint8Array): Variables => {
  const document = parseDotenv(bytes);
  if (!document.ok) throw new Error(document.error.message);
  expect(document.value.problems).toEqual([]);
  return Object.fromEntries(
    document.value.entries.map(({ name, value }) => [name, value.use((lent) => decoder.decode(lent))]),
  );
};

describe('an export as .env', () => {
  test('is read back by dotenv, both of its parsers', () => {
    checkWith('dotenv', 12, 0.3, (_bytes, text) => dotenv.parse(text));
    checkWith('dotenv', 12, 0.3, (_bytes, text) => dotenv.parse(text, { fast: true } as never));
  });
  test('is read back by util.parseEnv of Node', () => {
    checkWith('dotenv', 12, 0.3, (_bytes, text) => parseEnv(text) as Variables);
  });
  test('is read back by our own reader without a complaint', () => {
    checkWith('dotenv', 12, 0.3, parseOwn);
  });
});

describe('an export as data', () => {
  test('is read back by JSON.parse', () => {
    checkWith('json', 12, 1, (_bytes, text) => JSON.parse(text) as Variables);
  });
  test('is read back by a YAML 1.2 and a YAML 1.1 parser', () => {
    checkWith('yaml', 8, 1, (_bytes, text) => parseYaml(text, { version: '1.2' }) as Variables);
    checkWith('yaml', 8, 1, (_bytes, text) => parseYaml(text, { version: '1.1' }) as Variables);
  });
  test('is read back from a Kubernetes Secret', () => {
    checkWith('k8s', 8, 1, (_bytes, text) => {
      const secret = parseYaml(text) as { readonly data: Variables };
      return Object.fromEntries(
        Object.entries(secret.data).map(([name, value]) => {
          const decoded = Buffer.from(value, 'base64');
          expect(decoded.toString('base64')).toBe(value);
          return [name, decoded.toString('utf8')];
        }),
      );
    });
  });
});

const shells =
  process.platform === 'win32' ? ['bash'] : ['bash', 'sh', ...(hasProgram('dash') ? ['dash'] : [])];

describe('an export for a shell', () => {
  test.each(shells)('is read back by %s', (shell) => {
    checkWith('shell', 5, 1, (bytes) => readWithShell(shell, bytes));
  });
  if (process.platform !== 'win32')
    test('is read back by fish', () => {
      checkWith('fish', 5, 0.8, (bytes) => readWithShell('fish', bytes));
    });
  test('is read back by the rules of PowerShell, and is ASCII with one line for each variable', () => {
    checkWith('powershell', 10, 1, (_bytes, text) => {
      expect(text).toMatch(/^[\x20-\x7e\n]*$/);
      return readByPowershellRules(text);
    });
  });
});

describe('an export for Docker', () => {
  test('is read back by the rules of docker/cli', () => {
    checkWith('docker', 10, 0.5, (_bytes, text) => readByDockerRules(text));
  });
  if (process.platform !== 'win32' && hasProgram('docker'))
    test('is read back by the real docker client', async () => {
      await fc.assert(
        fc.asyncProperty(manyValues, async (values) => {
          const { bytes, expected } = split(values, 'docker');
          expect(await readWithDocker(bytes)).toEqual(expected);
        }),
        { numRuns: 5 },
      );
    });
});

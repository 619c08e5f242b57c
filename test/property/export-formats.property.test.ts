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
  hasPythonYaml,
  readByDockerRules,
  readByPowershellRules,
  readWithDocker,
  readWithKubectl,
  readWithPythonYaml,
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

type Given = { readonly bytes: Uint8Array; readonly text: string; readonly expected: Variables };

/** Runs `check` on many exports; fails where the format refuses more values than it has to. */
const forManyValues = (
  format: ExportFormat,
  numRuns: number,
  leastShare: number,
  check: (given: Given) => void,
) => {
  fc.assert(
    fc.property(manyValues, (values) => {
      const { share, ...given } = split(values, format);
      expect(share).toBeGreaterThanOrEqual(leastShare);
      check(given);
    }),
    { numRuns },
  );
};

/** Without what the process would have in its environment anyway. */
const ours = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => name.startsWith('KT_')));

const parseOwn = (bytes: Uint8Array): Variables => {
  const document = parseDotenv(bytes);
  if (!document.ok) throw new Error(document.error.message);
  expect(document.value.problems).toEqual([]);
  return Object.fromEntries(
    document.value.entries.map(({ name, value }) => [name, value.use((lent) => decoder.decode(lent))]),
  );
};

describe('an export as .env', () => {
  test('is read back by dotenv, by both of its parsers', () => {
    forManyValues('dotenv', 20, 0.3, ({ text, expected }) => {
      expect(dotenv.parse(text)).toEqual(expected);
      expect(dotenv.parse(text, { fast: true })).toEqual(expected);
    });
  });

  test('is read back by util.parseEnv of Node', () => {
    forManyValues('dotenv', 20, 0.3, ({ text, expected }) => expect(parseEnv(text)).toEqual(expected));
  });

  test('is read back by our own reader without a complaint', () => {
    forManyValues('dotenv', 12, 0.3, ({ bytes, expected }) => expect(parseOwn(bytes)).toEqual(expected));
  });
});

describe('an export as data', () => {
  test('is read back by JSON.parse', () => {
    forManyValues('json', 12, 1, ({ text, expected }) => expect(JSON.parse(text)).toEqual(expected));
  });

  test.each(['1.2', '1.1'] as const)('is read back by a YAML %s parser', (version) => {
    forManyValues('yaml', 8, 1, ({ text, expected }) =>
      expect(parseYaml(text, { version })).toEqual(expected),
    );
  });

  test.each(hasPythonYaml() ? ['PyYAML'] : [])('is read back by %s', () => {
    forManyValues('yaml', 4, 1, ({ bytes, expected }) => expect(readWithPythonYaml(bytes)).toEqual(expected));
  });

  const secretReaders = [
    {
      reader: 'a YAML parser',
      read: ({ text }: Given) => (parseYaml(text) as { readonly data: Variables }).data,
    },
    ...(hasProgram('kubectl')
      ? [{ reader: 'kubectl', read: ({ bytes }: Given) => readWithKubectl(bytes) }]
      : []),
  ];
  test.each(secretReaders)('is read back from a Kubernetes Secret by $reader', ({ read }) => {
    forManyValues('k8s', 4, 1, (given) => {
      const { expected } = given;
      const data = read(given);
      const encoded = Object.entries(expected).map(([name, value]) => [
        name,
        Buffer.from(value).toString('base64'),
      ]);
      expect(data).toEqual(Object.fromEntries(encoded));
    });
  });
});

const onUnix = process.platform !== 'win32';
const shells = ['bash', ...(onUnix ? ['sh'] : []), ...(onUnix && hasProgram('dash') ? ['dash'] : [])];

describe('an export for a shell', () => {
  test.each(shells)('is read back by %s', (shell) => {
    forManyValues('shell', 5, 1, ({ bytes, expected }) =>
      expect(ours(readWithShell(shell, bytes))).toEqual(expected),
    );
  });

  test.each(onUnix ? ['fish'] : [])('is read back by %s', (shell) => {
    forManyValues('fish', 5, 1, ({ bytes, expected }) =>
      expect(ours(readWithShell(shell, bytes))).toEqual(expected),
    );
  });

  test('is read back by the rules of PowerShell, and is ASCII with one line for each variable', () => {
    forManyValues('powershell', 10, 1, ({ text, expected }) => {
      expect(text).toMatch(/^[\x20-\x7e\n]*$/);
      expect(readByPowershellRules(text)).toEqual(expected);
    });
  });
});

describe('an export for Docker', () => {
  test('is read back by the rules of docker/cli', () => {
    forManyValues('docker', 10, 0.5, ({ text, expected }) =>
      expect(readByDockerRules(text)).toEqual(expected),
    );
  });

  test.each(onUnix && hasProgram('docker') ? ['docker'] : [])(
    'is read back by the real client, %s',
    async () => {
      await fc.assert(
        fc.asyncProperty(manyValues, async (values) => {
          const { bytes, expected } = split(values, 'docker');
          expect(await readWithDocker(bytes)).toEqual(expected);
        }),
        { numRuns: 4 },
      );
    },
  );
});

// The look of each format, and what each refuses. That real readers read them back is in test/property.
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  exportComment,
  exportFormats,
  isExportFormat,
  renderExport,
} from '../../src/core/delivery/export-formats.ts';
import type { ExportFormat, ExportOptions } from '../../src/core/delivery/export-formats.ts';
import { hasProgram, readByDockerRules, readWithDocker } from '../support/environment-readers.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const render = (
  pairs: readonly (readonly [string, string])[],
  format: ExportFormat,
  options: ExportOptions = {},
) =>
  renderExport(
    pairs.map(([name, value]) => ({ name, value: encoder.encode(value) })),
    format,
    { secretName: 'keys', ...options },
  );
const textOf = (...given: Parameters<typeof render>): string => {
  const rendered = render(...given);
  if (!rendered.ok) throw new Error(rendered.error.message);
  return decoder.decode(rendered.value);
};

const sample = [
  ['PORT', '3000'],
  ['MOTTO', "it's $5"],
] as const;

describe('the look of an export', () => {
  test.each<readonly [ExportFormat, string]>([
    ['dotenv', '# head\nPORT=3000\nMOTTO="it\'s $5"\n'],
    ['json', '{\n  "PORT": "3000",\n  "MOTTO": "it\'s $5"\n}\n'],
    ['yaml', '# head\nPORT: "3000"\nMOTTO: "it\'s $5"\n'],
    ['shell', "# head\nexport PORT='3000'\nexport MOTTO='it'\\''s $5'\n"],
    ['fish', "# head\nset -gx PORT '3000'\nset -gx MOTTO 'it\\'s $5'\n"],
    ['powershell', "# head\n$env:PORT = '3000'\n$env:MOTTO = 'it''s $5'\n"],
    ['docker', "# head\nPORT=3000\nMOTTO=it's $5\n"],
    [
      'k8s',
      '# head\napiVersion: v1\nkind: Secret\nmetadata:\n  name: "keys"\ntype: Opaque\ndata:\n  "PORT": "MzAwMA=="\n  "MOTTO": "aXQncyAkNQ=="\n',
    ],
  ])('%s', (format, expected) => {
    expect(textOf(sample, format, { comment: 'head' })).toBe(expected);
  });

  test('has an empty form in every format', () => {
    expect(exportFormats.map((format) => textOf([], format))).toEqual([
      '',
      '{}\n',
      '{}\n',
      '',
      '',
      '',
      '',
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: "keys"\ntype: Opaque\ndata: {}\n',
    ]);
  });

  test.each(['Y', 'n', 'N', 'yes', 'No', 'ON', 'off', 'True', 'FALSE', 'null', 'NULL', '007', '1e3'])(
    'keeps %s a name in YAML',
    (name) => {
      const text = textOf([[name, '1']], 'yaml');
      expect(text).toBe(`"${name}": "1"\n`);
      for (const version of ['1.1', '1.2'] as const) {
        const names = parse(text, { version, mapAsMap: true }) as ReadonlyMap<unknown, unknown>;
        expect([...names.keys()]).toEqual([name]);
      }
    },
  );

  test('leaves other names in YAML bare', () => {
    expect(
      textOf(
        [
          ['_1', 'x'],
          ['NOON', 'y'],
        ],
        'yaml',
      ),
    ).toBe('_1: "x"\nNOON: "y"\n');
  });

  test('ends the search for a closing quote after a backslash', () => {
    expect(textOf([['A', '#\\']], 'dotenv')).toBe("A='#\\' # ' ends here\n");
  });

  test('keeps PowerShell in ASCII', () => {
    expect(textOf([['A', 'é\nb\u2019\u{1f511}']], 'powershell')).toBe(
      "$env:A = '' + [char]0xE9 + [char]0xA + 'b' + [char]0x2019 + [char]::ConvertFromUtf32(0x1F511)\n",
    );
  });

  test('takes a comment of several lines and refuses one that could break out', () => {
    expect(textOf([], 'shell', { comment: `${exportComment}\n\nStaging` })).toBe(
      `# ${exportComment}\n#\n# Staging\n`,
    );
    expect(render([], 'shell', { comment: 'a\rb' })).toMatchObject({
      error: { where: { field: 'comment' } },
    });
    expect(render([], 'shell', { comment: 'a\u2028b' })).toMatchObject({
      error: { where: { field: 'comment' } },
    });
  });
});

describe('what an export refuses', () => {
  test.each(exportFormats)('%s: a NUL byte, bytes that are no text, the same name twice', (format) => {
    const value = (...bytes: readonly number[]) => [{ name: 'BAD_ONE', value: Uint8Array.from(bytes) }];
    const named = { ok: false, error: { kind: 'bad-input', where: { field: 'BAD_ONE' } } };
    expect(renderExport(value(0x61, 0), format, { secretName: 'keys' })).toMatchObject(named);
    expect(renderExport(value(0xff), format, { secretName: 'keys' })).toMatchObject(named);
    // A surrogate alone, as UTF-8 must not hold it (RFC 3629).
    expect(renderExport(value(0xed, 0xa0, 0x80), format, { secretName: 'keys' })).toMatchObject(named);
    expect(
      render(
        [
          ['A', '1'],
          ['A', '2'],
        ],
        format,
      ),
    ).toMatchObject({ error: { kind: 'conflict', where: { field: 'A' } } });
  });

  test.each<readonly [ExportFormat, string]>([
    ['dotenv', '1A'],
    ['dotenv', 'A B'],
    ['json', 'A=B'],
    ['yaml', ''],
    ['shell', 'A-B'],
    ['shell', 'UID'],
    ['fish', 'status'],
    ['fish', 'A.B'],
    ['powershell', 'A}B'],
    ['docker', '#A'],
    ['docker', 'A B'],
    ['k8s', '..A'],
    ['k8s', 'A/B'],
  ])('%s: the name %j', (format, name) => {
    expect(render([[name, 'hidden']], format)).toMatchObject({ ok: false, error: { kind: 'bad-input' } });
  });

  test('PowerShell: names that differ by case alone', () => {
    expect(
      render(
        [
          ['Path_X', '1'],
          ['PATH_X', '2'],
        ],
        'powershell',
      ),
    ).toMatchObject({ error: { kind: 'conflict' } });
    expect(
      render(
        [
          ['Path_X', '1'],
          ['PATH_X', '2'],
        ],
        'shell',
      ).ok,
    ).toBe(true);
  });

  test.each<readonly [ExportFormat, string, string]>([
    ['dotenv', 'hidden\r', 'carriage return'],
    ['dotenv', 'hidden\'"` ', 'quotes'],
    ['dotenv', '\u3000hidden\'"`', 'quotes'],
    ['dotenv', 'hidden\n\'"`', 'quotes'],
    ['docker', 'hidden\nmore', 'more than one line'],
    ['docker', 'hidden\r', 'carriage return'],
    ['docker', 'hidden'.repeat(11_000), '64 KiB'],
  ])('%s: a value (case %#)', (format, value, words) => {
    const rendered = render(
      [
        ['GOOD', '1'],
        ['BAD_ONE', value],
      ],
      format,
    );
    expect(rendered).toMatchObject({ ok: false, error: { kind: 'bad-input', where: { field: 'BAD_ONE' } } });
    expect(JSON.stringify(rendered)).toContain(words);
    expect(JSON.stringify(rendered)).not.toContain('hidden');
  });

  test.each([undefined, '', 'Upper', '-a', 'a-', 'a..b', 'a b', 'a'.repeat(254)])(
    'k8s: a Secret name that is none (case %#)',
    (secretName) => {
      const options = secretName === undefined ? {} : { secretName };
      expect(renderExport([], 'k8s', options)).toMatchObject({ error: { where: { field: 'secretName' } } });
    },
  );

  test('k8s: a namespace that is none, and more than 1 MiB', () => {
    expect(render([], 'k8s', { namespace: 'a.b' })).toMatchObject({
      error: { where: { field: 'namespace' } },
    });
    expect(textOf([], 'k8s', { namespace: 'shop' })).toContain('  namespace: "shop"\n');
    const half = 'x'.repeat(600_000);
    expect(
      render(
        [
          ['A', half],
          ['B', half],
        ],
        'k8s',
      ),
    ).toMatchObject({ ok: false });
  });

  test('knows the names of its formats', () => {
    expect(exportFormats.every((format) => isExportFormat(format))).toBe(true);
    expect(isExportFormat('toString')).toBe(false);
  });
});

describe('the longest line of Docker', () => {
  const longest = 'x'.repeat(64 * 1024 - 'A=\n'.length);

  test('is exported, and one more byte is refused', () => {
    expect(readByDockerRules(textOf([['A', longest]], 'docker'))).toEqual({ A: longest });
    expect(render([['A', `${longest}x`]], 'docker').ok).toBe(false);
  });

  test.each(hasProgram('docker') && process.platform !== 'win32' ? ['docker'] : [])(
    'is read by the real client, and one more byte is not, %s',
    async () => {
      expect(await readWithDocker(encoder.encode(`A=${longest}\n`))).toEqual({ A: longest });
      await expect(readWithDocker(encoder.encode(`A=${longest}x\n`))).rejects.toThrow('token too long');
    },
  );
});

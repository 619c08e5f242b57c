// What a person is shown before an import, and what their choices make of it. Key values are made here from parts: none is real.
import { describe, expect, test } from 'vitest';
import { parseDotenvText } from '../../src/core/delivery/dotenv-document.ts';
import { buildImportPreview, builtInJudge } from '../../src/core/transfer/import-preview.ts';
import type { ImportPreview, PreviewRow } from '../../src/core/transfer/import-preview.ts';
import { applyChoices, wipePlan } from '../../src/core/transfer/apply-choices.ts';
import type { ImportPlan } from '../../src/core/transfer/apply-choices.ts';
import type { ProviderDefinition } from '../../src/core/providers/provider.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const body = (length: number, seed: number): string =>
  Array.from(
    { length },
    (_, index) => letters[(index * index * 7 + index * 13 + seed * 29) % letters.length],
  ).join('');
const circaKey = (kind: 'live' | 'test', seed = 1): string => ['circa', kind, body(32, seed)].join('_');
const teamId = ['0f8fad5b', 'd9cb', '469f', 'a165', '70867728950e'].join('-');
const decoder = new TextDecoder();

const preview = (
  lines: readonly string[],
  existing?: Parameters<typeof buildImportPreview>[2],
): ImportPreview => {
  const document = parseDotenvText(lines.join('\n'));
  if (!document.ok) throw new Error(document.error.message);
  return buildImportPreview(document.value, builtInJudge, existing);
};
const row = (of: ImportPreview, name: string): PreviewRow => {
  const found = of.rows.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
};
const codes = (of: PreviewRow) => of.warnings.map(({ code }) => code);
const planOf = (...given: Parameters<typeof applyChoices>): ImportPlan => {
  const plan = applyChoices(...given);
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
};
const shapeOf = (plan: ImportPlan) => ({
  keys: plan.keys.map(({ name, provider, kind, fields }) => ({
    name,
    provider,
    kind,
    fields: Object.fromEntries(
      fields.map((field) => [field.name, field.value.use((bytes) => decoder.decode(bytes))]),
    ),
  })),
  variables: plan.variables.map(({ name, value }) => [name, value.use((bytes) => decoder.decode(bytes))]),
  skipped: plan.skipped.map(({ name }) => name),
});

describe('the preview of an import', () => {
  test('tells keys, secrets of nobody known, settings and placeholders apart, with reasons', () => {
    const shown = preview([
      'PORT=3000',
      `CIRCA_API_KEY="${circaKey('live')}" # the live one`,
      `CIRCA_TEAM_ID=${teamId}`,
      `SESSION_SECRET='${body(40, 5)}'`,
      'API_URL=https://api.example.org',
      'EMPTY=',
      'OTHER_TOKEN=your_secret',
      'THIRD_TOKEN=changeme',
      'FOURTH_TOKEN=xxx',
    ]);
    expect(shown.rows.map(({ name, treatedAs }) => [name, treatedAs])).toEqual([
      ['PORT', 'variable'],
      ['CIRCA_API_KEY', 'key'],
      ['CIRCA_TEAM_ID', 'key'],
      ['SESSION_SECRET', 'key'],
      ['API_URL', 'variable'],
      ['EMPTY', 'variable'],
      ['OTHER_TOKEN', 'skip'],
      ['THIRD_TOKEN', 'skip'],
      ['FOURTH_TOKEN', 'skip'],
    ]);
    expect(row(shown, 'CIRCA_API_KEY')).toMatchObject({
      line: 2,
      provider: 'circa',
      kind: 'live',
      field: 'secret',
      leader: 'CIRCA_API_KEY',
      companions: ['CIRCA_TEAM_ID'],
      warnings: [],
    });
    expect(row(shown, 'CIRCA_TEAM_ID')).toMatchObject({
      field: 'teamId',
      leader: 'CIRCA_API_KEY',
      masked: teamId,
    });
    expect(row(shown, 'SESSION_SECRET')).toMatchObject({
      provider: null,
      field: 'secret',
      leader: 'SESSION_SECRET',
    });
    expect(shown.rows.every(({ reason }) => /^[A-Z].+\.$/.test(reason))).toBe(true);
  });

  test('shows no secret', () => {
    const secrets = [
      circaKey('live'),
      circaKey('test', 2),
      body(40, 3),
      `${body(4, 6)} ${circaKey('live', 4)}`,
    ];
    const shown = preview(
      secrets.map((secret, index) => `${['A_KEY', 'B_KEY', 'C_SECRET', 'D_HEADER'][index]}="${secret}"`),
    );
    const json = JSON.stringify(shown);
    for (const secret of secrets) expect(json).not.toContain(secret);
    for (const secret of secrets) expect(json).not.toContain(secret.slice(-12));
  });

  test.each([
    ['the provider’s own names', 'APPCIRCLE_API_KEY_NAME', 'APPCIRCLE_API_KEY_SECRET'],
    ['the names of the provider’s script', 'API_KEY_NAME', 'API_KEY_SECRET'],
    ['names behind a prefix', 'STAGING_APPCIRCLE_API_KEY_NAME', 'STAGING_APPCIRCLE_API_KEY_SECRET'],
  ])('puts the two halves of an Appcircle key together: %s', (_what, name, secret) => {
    const shown = preview([`${name}=build-server`, 'UNRELATED=1', `${secret}=${body(44, 8)}`]);
    expect(row(shown, secret)).toMatchObject({ provider: 'appcircle', field: 'secret', companions: [name] });
    expect(row(shown, name)).toMatchObject({
      provider: 'appcircle',
      field: 'name',
      leader: secret,
      masked: 'build-server',
    });
    expect(codes(row(shown, secret))).toContain('possible');
    expect(shapeOf(planOf(shown)).keys).toMatchObject([
      { provider: 'appcircle', fields: { name: 'build-server', secret: body(44, 8) } },
    ]);
  });

  test('does not take half a pair for a pair, nor a value that the provider would not take', () => {
    const half = preview(['API_KEY_NAME=build-server', 'PORT=1', `OTHER_KEY_SECRET=${body(44, 8)}`]);
    expect(half.rows.every(({ provider }) => provider === null)).toBe(true);
    const short = preview(['API_KEY_NAME=build-server', 'API_KEY_SECRET=abc']);
    expect(short.rows.every(({ provider }) => provider === null)).toBe(true);
  });

  test('gives each of several keys the team id that is named alike', () => {
    const shown = preview([
      `STAGING_CIRCA_TEAM_ID=${teamId}`,
      `PROD_CIRCA_API_KEY=${circaKey('live')}`,
      `STAGING_CIRCA_API_KEY=${circaKey('test')}`,
      `PROD_CIRCA_TEAM_ID=${teamId}`,
    ]);
    expect(row(shown, 'PROD_CIRCA_API_KEY').companions).toEqual(['PROD_CIRCA_TEAM_ID']);
    expect(row(shown, 'STAGING_CIRCA_API_KEY').companions).toEqual(['STAGING_CIRCA_TEAM_ID']);
  });

  test('puts two halves that are both secret together, by the fields of a provider', () => {
    const [base] = builtInJudge.providers;
    if (base === undefined) throw new Error('no providers');
    const half = (name: string, label: string) => ({
      name,
      label,
      variable: `TWIN_${name.toUpperCase()}`,
      secret: true,
      required: true,
      labels: [],
    });
    const twin: ProviderDefinition = {
      ...base,
      id: 'twin',
      name: 'Twin',
      publishedSamples: [],
      hosts: [],
      envNames: ['TWIN_*'],
      fields: [half('left', 'Left half'), half('right', 'Right half')],
      formats: [],
    };
    const document = parseDotenvText(`TWIN_RIGHT=${body(30, 1)}\nTWIN_LEFT=${body(30, 2)}\n`);
    if (!document.ok) throw new Error(document.error.message);
    const recognise: typeof builtInJudge.recognise = (text, { variable }) => ({
      candidates: [
        {
          provider: 'twin',
          format: 'any',
          kind: 'unknown',
          confidence: 'possible',
          fields: [
            { name: variable === 'TWIN_LEFT' ? 'left' : 'right', range: { start: 0, end: text.length } },
          ],
          occurrences: [],
          alternatives: [],
          variable,
          malformed: [],
          suggested: undefined,
          glued: false,
          publishedSample: false,
        },
      ],
      missing: [],
      rest: [],
      single: true,
      truncated: false,
    });
    const shown = buildImportPreview(document.value, { ...builtInJudge, providers: [twin], recognise });
    expect(shapeOf(planOf(shown)).keys).toEqual([
      {
        name: 'TWIN_RIGHT',
        provider: 'twin',
        kind: 'unknown',
        fields: { right: body(30, 1), left: body(30, 2) },
      },
    ]);
  });

  test('says what is missing, malformed, doubled, referred to, unclosed or known already', () => {
    const known = circaKey('test', 9);
    const shown = preview(
      [
        `CIRCA_API_KEY=${circaKey('live').slice(0, -3)}`,
        'PORT=1',
        'PORT=2',
        'SITE=https://${HOST}/x',
        'WHOLE=${HOST}',
        'FALLBACK=${HOST:-$OTHER}',
        "GREETING='hello",
        `KNOWN_CIRCA_KEY=${known}`,
      ],
      {
        variables: new Set(['PORT']),
        holderOf: (value) => (decoder.decode(value) === known ? 'Circa test' : null),
      },
    );
    expect(codes(row(shown, 'CIRCA_API_KEY'))).toEqual(['malformed', 'missing-field']);
    expect(codes(row(shown, 'PORT'))).toEqual(['duplicate', 'variable-taken']);
    expect(row(shown, 'PORT')).toMatchObject({ line: 3, masked: '2' });
    expect(codes(row(shown, 'SITE'))).toEqual(['interpolated']);
    expect(row(shown, 'WHOLE')).toMatchObject({ treatedAs: 'variable', masked: '${HOST}' });
    expect(row(shown, 'FALLBACK')).toMatchObject({ treatedAs: 'variable' });
    expect(codes(row(shown, 'GREETING'))).toEqual(['unclosed-quote']);
    expect(codes(row(shown, 'KNOWN_CIRCA_KEY'))).toEqual(['value-known', 'missing-field']);
  });

  test('keeps a text with a key inside it whole, as one secret', () => {
    const shown = preview([`CURL_HEADER='x-api-key: ${circaKey('live')}'`]);
    expect(row(shown, 'CURL_HEADER')).toMatchObject({
      treatedAs: 'key',
      provider: null,
      kind: 'live',
      field: 'secret',
    });
    expect(codes(row(shown, 'CURL_HEADER'))).toContain('embedded');
    expect(shapeOf(planOf(shown)).keys[0]?.fields).toEqual({ secret: `x-api-key: ${circaKey('live')}` });
  });
});

describe('the choices of a person', () => {
  const lines = [
    'PORT=3000',
    `CIRCA_API_KEY=${circaKey('live')}`,
    `CIRCA_TEAM_ID=${teamId}`,
    'NAME_TOKEN=changeme',
  ];

  test('taken as it is, the preview gives keys, variables and what was left out', () => {
    expect(shapeOf(planOf(preview(lines)))).toEqual({
      keys: [
        {
          name: 'CIRCA_API_KEY',
          provider: 'circa',
          kind: 'live',
          fields: { secret: circaKey('live'), teamId },
        },
      ],
      variables: [['PORT', '3000']],
      skipped: ['NAME_TOKEN'],
    });
  });

  test('a companion goes where its key goes, unless chosen otherwise', () => {
    const shown = preview(lines);
    expect(shapeOf(planOf(shown, { CIRCA_API_KEY: { treatAs: 'skip' } }))).toMatchObject({
      keys: [],
      skipped: ['CIRCA_API_KEY', 'CIRCA_TEAM_ID', 'NAME_TOKEN'],
    });
    const apart = planOf(shown, {
      CIRCA_API_KEY: { treatAs: 'skip' },
      CIRCA_TEAM_ID: { treatAs: 'variable' },
    });
    expect(shapeOf(apart)).toMatchObject({
      keys: [],
      variables: [
        ['PORT', '3000'],
        ['CIRCA_TEAM_ID', teamId],
      ],
    });
    const alone = planOf(shown, {
      CIRCA_API_KEY: { treatAs: 'variable' },
      CIRCA_TEAM_ID: { treatAs: 'key' },
    });
    expect(shapeOf(alone).keys).toEqual([
      { name: 'CIRCA_TEAM_ID', provider: null, kind: 'live', fields: { secret: teamId } },
    ]);
  });

  test('a setting can become a key, a placeholder a variable, and a key gets its name', () => {
    const choices = {
      PORT: { treatAs: 'key' },
      NAME_TOKEN: { treatAs: 'variable' },
      CIRCA_API_KEY: { keyName: 'Circa live' },
    } as const;
    expect(shapeOf(planOf(preview(lines), choices))).toMatchObject({
      keys: [
        { name: 'PORT', provider: null, fields: { secret: '3000' } },
        { name: 'Circa live', provider: 'circa' },
      ],
      variables: [['NAME_TOKEN', 'changeme']],
      skipped: [],
    });
  });

  test('a choice about something else, or one that would keep what is no text, is refused', () => {
    expect(applyChoices(preview(lines), { toString: { treatAs: 'skip' } as never })).toMatchObject({
      error: { kind: 'bad-input' },
    });
    expect(applyChoices(preview(lines), { NOPE: { treatAs: 'skip' } })).toMatchObject({
      error: { kind: 'bad-input' },
    });
  });

  test('the plan owns its values: wiping it leaves the file, and the other way round', () => {
    const shown = preview(lines);
    wipePlan(planOf(shown));
    expect(shapeOf(planOf(shown)).variables).toEqual([['PORT', '3000']]);
  });
});

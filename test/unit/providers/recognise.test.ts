// Recognition case by case: how values are wrapped, what is wrong with them, what goes with them.
import { describe, expect, it } from 'vitest';
import { judgeValue, missingFields } from '../../../src/core/providers/check-value.ts';
import { findProvider } from '../../../src/core/providers/catalogue.ts';
import { recognise } from '../../../src/core/providers/recognise.ts';
import { readRange } from '../../../src/core/providers/text-range.ts';
import { sampleKey } from '../../support/key-samples.ts';

const live = sampleKey('circa', 'live', 7).replace(/.$/, '0');
const circle = sampleKey('circle-mint', 'live', 7);
const sandbox = sampleKey('circle-mint', 'sandbox', 7);
const [, second = '', third = ''] = circle.split(':');
const codes = (text: string, options = {}): readonly (readonly string[])[] =>
  recognise(text, options).candidates.map((found) => found.malformed.map((problem) => problem.code));

describe('a malformed value is told before it is saved', () => {
  it.each([
    ['one character short', live.slice(0, -1), 'too-short'],
    ['two characters short', live.slice(0, -2), 'too-short'],
    ['one character long', `${live}x`, 'too-long'],
    ['long by a word', `${live}Key`, 'too-long'],
    ['only what the portal shows', live.slice(0, 18), 'prefix-only'],
    ['a foreign character', `${live.slice(0, 20)}!${live.slice(21)}`, 'bad-character'],
    ['a space in the middle', `${live.slice(0, 20)} ${live.slice(20)}`, 'contains-space'],
    ['a line break in the middle', `${live.slice(0, 20)}\n${live.slice(20)}`, 'contains-space'],
    ['an ellipsis', `${live.slice(0, 18)}…`, 'masked'],
    ['three dots', `${live.slice(0, 18)}...`, 'masked'],
    ['bullets', `${live.slice(0, 18)}••••••••`, 'masked'],
    ['stars', `circa_live_${'*'.repeat(32)}`, 'masked'],
    ['a placeholder', 'circa_live_your_key_here', 'placeholder'],
    ['a placeholder of the right length', `circa_live_${'x'.repeat(32)}`, 'placeholder'],
    ['assigned and short', `CIRCA_API_KEY=${live.slice(0, -1)}\nOTHER=1`, 'too-short'],
    ['assigned and long', `CIRCA_API_KEY=${live}x\nOTHER=1`, 'too-long'],
    ['quoted and long', `{"key": "${live}Key", "other": 1}`, 'too-long'],
    ['Circle without its third part', `LIVE_API_KEY:${second}`, 'missing-part'],
    ['Circle with an empty third part', `LIVE_API_KEY:${second}:`, 'too-short'],
    ['Circle with a short second part', `LIVE_API_KEY:${second.slice(1)}:${third}`, 'bad-character'],
    ['Circle with a capital letter', `LIVE_API_KEY:${second.slice(1)}G:${third}`, 'bad-character'],
    ['Circle sandbox, long', `${sandbox}0`, 'too-long'],
  ])('%s', (_, text, code) => {
    expect(codes(text)).toEqual([[code]]);
  });

  it('offers the part of a long value that is of the right form', () => {
    const text = `  CIRCA_API_KEY="${live}zz"`;
    const [found] = recognise(text).candidates;
    expect(readRange(text, found!.fields[0]!.range)).toBe(`${live}zz`);
    expect(readRange(text, found!.suggested!)).toBe(live);
  });

  it('never repeats characters of a value in its words', () => {
    for (const text of [live.slice(0, -1), `${live}Q`, `LIVE_API_KEY:${second}`])
      for (const found of recognise(text).candidates)
        for (const problem of found.malformed) expect(problem.message).not.toContain(text.slice(13, 19));
  });

  it.each([
    'Keys begin with circa_live_ or `circa_test_`.',
    'Live (circa_live_…) for production',
    'circa_live_<your key>',
    'LIVE_API_KEY: something else',
    'use LIVE_API_KEY:<id>:<secret> here',
    'CIRCLE_API_KEY=',
    '',
    '   ',
  ])('a mention is no key: %s', (text) => {
    expect(codes(text)).toEqual([]);
  });
});

describe('what belongs to a key', () => {
  const team = '0b6f9c28-0f4e-4e7f-a36d-2ff989045d11';
  const other = '1b6f9c28-0f4e-4e7f-a36d-2ff989045d22';

  it.each([
    ['headers', `x-api-key: ${live}\nx-team-id: ${team}`],
    ['an environment file', `CIRCA_API_KEY=${live}\nCIRCA_TEAM_ID="${team}"\n`],
    ['curl', `curl -H 'x-api-key: ${live}' -H 'x-team-id: ${team}' https://api.circa.ai/public/me`],
    ['JSON', JSON.stringify({ headers: { 'x-api-key': live, 'x-team-id': team } }, null, 2)],
    ['two bare lines', `${live}\n${team}`],
    ['a label among other ids', `x-api-key: ${live}\nrequest-id: ${other}\nx-team-id: ${team}`],
  ])('the team id is found in %s', (_, text) => {
    const { candidates, missing } = recognise(text);
    expect(candidates.flatMap((found) => found.fields.map((field) => readRange(text, field.range)))).toEqual([
      live,
      team,
    ]);
    expect(missing).toEqual([[]]);
  });

  it('says when the team id is missing, and guesses none among several', () => {
    expect(recognise(live).missing).toEqual([['teamId']]);
    expect(recognise(`${live}\n${team}\n${other}`).missing).toEqual([['teamId']]);
  });

  it.each([
    ['variables', 'APPCIRCLE_API_KEY_NAME=ci\nAPPCIRCLE_API_KEY_SECRET=q8F.tr3+Zk\n'],
    [
      'a form',
      `curl https://auth.appcircle.io/auth/v1/api-key/token -d 'name=ci' --data-urlencode 'secret=q8F.tr3+Zk'`,
    ],
    ['a query', 'auth.appcircle.io/auth/v1/api-key/token name=ci&secret=q8F.tr3+Zk'],
  ])('the pair of Appcircle is found in %s', (_, text) => {
    const [found] = recognise(text).candidates;
    expect(found).toMatchObject({ provider: 'appcircle', confidence: 'possible' });
    const fields = found!.fields.map((field) => [field.name, readRange(text, field.range)]);
    expect(fields).toEqual([
      ['secret', 'q8F.tr3+Zk'],
      ['name', 'ci'],
    ]);
  });

  it('a shape alone decides nothing', () => {
    expect(recognise('q8F.tr3+Zk-0Pl').candidates).toEqual([]);
    expect(recognise('SOME_SECRET=q8F.tr3+Zk-0Pl').candidates).toEqual([]);
    expect(recognise('secret=q8F.tr3+Zk-0Pl').candidates).toEqual([]);
  });

  it('a shape counts with the name of its variable or the choice of a person', () => {
    const named = recognise('q8F.tr3+Zk=0Pl', { variable: 'APPCIRCLE_API_SECRET' }).candidates;
    expect(named.map((found) => [found.provider, found.confidence])).toEqual([['appcircle', 'possible']]);
    const chosen = recognise('q8F.tr3+Zk-0Pl', { provider: 'appcircle' }).candidates;
    expect(chosen.map((found) => found.provider)).toEqual(['appcircle']);
  });

  it('Circle Mint is offered first and the Console stays an alternative', () => {
    const [found] = recognise(circle).candidates;
    expect(found?.provider).toBe('circle-mint');
    expect(found?.alternatives.map((entry) => entry.provider)).toEqual(['circle-w3s']);
  });

  it('a third part that is not hex is the Console’s alone', () => {
    const [found] = recognise(`LIVE_API_KEY:${second}:${third.slice(0, -1)}z`).candidates;
    expect([found?.provider, found?.alternatives, found?.malformed]).toEqual(['circle-w3s', [], []]);
  });

  it('the variable is told', () => {
    expect(recognise(`export CIRCLE_KEY='${circle}'`).candidates[0]?.variable).toBe('CIRCLE_KEY');
    expect(recognise(circle, { variable: 'MY_KEY' }).candidates[0]?.variable).toBe('MY_KEY');
    expect(recognise(`Authorization: Bearer ${circle}`).candidates[0]?.variable).toBeUndefined();
  });

  it('several keys of several providers are told apart, and what is left is said', () => {
    const text = `# keys\nA=${live}\nB=${circle}\nC=${sandbox}\n`;
    const { candidates, rest, single } = recognise(text);
    expect(candidates.map((found) => [found.provider, found.kind, found.variable])).toEqual([
      ['circa', 'live', 'A'],
      ['circle-mint', 'live', 'B'],
      ['circle-mint', 'test', 'C'],
    ]);
    expect(rest.map((range) => readRange(text, range)).join('')).toBe('# keys\nA=\nB=\nC=\n');
    expect(single).toBe(false);
  });

  it('invisible characters inside a value are set aside', () => {
    const text = `\uFEFF ${live.slice(0, 15)}\u200B${live.slice(15)}\u00A0`;
    const { candidates, single } = recognise(text);
    expect(single).toBe(true);
    expect(readRange(text, candidates[0]!.fields[0]!.range)).toBe(live);
    expect(candidates[0]?.malformed).toEqual([]);
  });
});

describe('a value for a chosen provider', () => {
  const judge = (id: string, field: string, value: string): ReturnType<typeof judgeValue> =>
    judgeValue(findProvider(id)!, field, value);

  it.each([
    ['circa', 'secret', live, 'live', [], undefined],
    ['circa', 'secret', `${live}0`, 'live', ['too-long'], undefined],
    ['circa', 'secret', live.replace('circa', 'Circa'), 'unknown', ['wrong-case'], undefined],
    ['circa', 'secret', circle, 'unknown', ['bad-character'], 'circle-mint'],
    ['circle-w3s', 'secret', circle, 'live', [], undefined],
    ['circle-w3s', 'secret', sandbox, 'unknown', ['bad-character'], 'circle-mint'],
    ['circle-mint', 'secret', sandbox, 'test', [], undefined],
    ['circle-mint', 'secret', '', 'unknown', ['empty'], undefined],
    ['appcircle', 'secret', 'your_secret', 'unknown', ['placeholder'], undefined],
    ['appcircle', 'secret', 'two words', 'unknown', ['contains-space'], undefined],
    ['appcircle', 'secret', 'short', 'unknown', ['too-short'], undefined],
    ['circa', 'teamId', 'not-an-id', 'unknown', ['wrong-form'], undefined],
    ['circa', 'teamId', '0b6f9c28-0f4e-4e7f-a36d-2ff989045d11', 'unknown', [], undefined],
  ])('%s %s', (id, field, value, kind, problems, other) => {
    const judgement = judge(id, field, value);
    expect(judgement.kind).toBe(kind);
    expect(judgement.malformed.map((problem) => problem.code)).toEqual(problems);
    expect(judgement.otherProvider).toBe(other);
  });

  it('names the fields that are missing', () => {
    const provider = findProvider('appcircle')!;
    const missing = missingFields(provider, new Map([['secret', 'x']]));
    expect(missing.map((field) => field.name)).toEqual(['name']);
  });
});

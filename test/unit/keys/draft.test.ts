// What a pasted text becomes before it is saved.
import { describe, expect, it } from 'vitest';
import { beginDraft, chooseProvider, fillField, suggestName } from '../../../src/core/keys/draft.ts';
import { sampleKey } from '../../support/key-samples.ts';

const id = 'd'.repeat(32);
const live = sampleKey('circa', 'live', 1);
const test = sampleKey('circa', 'test', 2);
const mint = sampleKey('circle-mint', 'live', 3);
const team = '0f0e0d0c-0b0a-4908-8706-050403020100';

describe('a draft', () => {
  it('takes provider, kind, value and variable from a line of an environment file', () => {
    const draft = beginDraft(id, `export PAYMENTS_KEY="${live}"\n`);
    expect(draft).toMatchObject({
      chosen: 'circa',
      kind: 'live',
      values: { secret: live },
      variable: 'PAYMENTS_KEY',
    });
    expect(suggestName(draft)).toBe('payments-key');
    expect(suggestName(beginDraft(id, live))).toBe('circa-live');
  });

  it('finds the team id beside the key', () => {
    const draft = beginDraft(id, `curl -H 'x-api-key: ${live}' -H 'x-team-id: ${team}' https://api.circa.ai`);
    expect(draft.values).toEqual({ secret: live, teamId: team });
  });

  it('takes what nobody knows as one value, without its wrapping', () => {
    expect(beginDraft(id, '  "something odd"  ').values).toEqual({ secret: 'something odd' });
    expect(beginDraft(id, "TOKEN='abc def'")).toMatchObject({
      values: { secret: 'abc def' },
      variable: 'TOKEN',
      chosen: null,
    });
    expect(beginDraft(id, 'A=b=c').values).toEqual({ secret: 'b=c' });
    expect(beginDraft(id, '   ').values).toEqual({});
    const pem = '-----BEGIN X-----\nline\n-----END X-----';
    expect(beginDraft(id, pem).values).toEqual({ secret: pem });
  });

  it('takes the provider that a person chooses where two have the same form', () => {
    const draft = beginDraft(id, mint);
    expect(draft.chosen).toBe('circle-mint');
    const other = chooseProvider(draft, 'circle-w3s', undefined);
    expect(other).toMatchObject({ chosen: 'circle-w3s', kind: 'live', values: { secret: mint } });
    const none = chooseProvider(other, null, 'test');
    expect(none).toMatchObject({ chosen: null, kind: 'test' });
    expect(none.values['secret']).toContain(mint);
  });

  it('keeps what was typed since when the provider changes', () => {
    const typed = fillField(beginDraft(id, live), 'teamId', ` ${team} `);
    expect(typed.values).toEqual({ secret: live, teamId: team });
    expect(chooseProvider(typed, 'circa', 'live').values).toEqual({ secret: live, teamId: team });
    expect(chooseProvider(typed, null, undefined).values).toEqual({ secret: live });
  });

  it('lets a field be filled, replaced and cleared, and follows the value’s kind', () => {
    const draft = beginDraft(id, live);
    const replaced = fillField(draft, 'secret', `X_API_KEY: ${test}`);
    expect(replaced).toMatchObject({ kind: 'test', values: { secret: test } });
    expect(fillField(replaced, 'secret', ' \n').values).toEqual({});
    const empty = beginDraft(id, '', 'circa');
    expect(empty).toMatchObject({ chosen: 'circa', values: {} });
    expect(fillField(empty, 'secret', live)).toMatchObject({ kind: 'live', values: { secret: live } });
  });

  it('holds of a glued value only the key', () => {
    const draft = beginDraft(id, `"${live}and the text goes on`);
    expect(draft.values['secret']).toBe(live);
  });
});

// Turn files as a whole: the list and the files agree, each keeps to the rules and to its provider's own file, and defineTurn refuses what
// would lead nowhere.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderTurnList, turnListPath } from '../../../../scripts/list-providers.ts';
import { findProvider } from '../../../../src/core/providers/catalogue.ts';
import { defineTurn } from '../../../../src/core/providers/turning/define-turn.ts';
import { findWay, turnFor, waysFor } from '../../../../src/core/providers/turning/turn-catalogue.ts';
import type {
  HttpCall,
  TurnDefinition,
  TurnWay,
} from '../../../../src/core/providers/turning/turn-definition.ts';
import { builtInTurns } from '../../../../src/core/providers/turning/turn-list.ts';
import { turnProviderProblems } from '../../../../src/core/providers/turning/validate-turn-provider.ts';
import { turnProblems } from '../../../../src/core/providers/turning/validate-turn.ts';

const call = (over: Partial<HttpCall> = {}): HttpCall => ({
  does: 'asks',
  method: 'POST',
  url: 'https://api.sendgrid.com/v3/api_keys',
  by: 'manager',
  success: [201],
  refusals: [],
  repeatable: false,
  ...over,
});
const way = (over: Partial<TurnWay> = {}): TurnWay => ({
  id: 'second',
  label: 'A second key',
  shape: 'overlap',
  manager: { providers: ['sendgrid'], needs: 'a key that may' },
  inputs: [],
  permission: 'Full access.',
  make: { call: call(), gives: { secret: { json: ['key'] } }, id: { json: ['id'] } },
  old: [{ from: 'nothing' }],
  revoke: [call({ method: 'DELETE', url: 'https://api.sendgrid.com/v3/api_keys/{id}', repeatable: true })],
  patience: { newSeconds: 5, oldSeconds: 5 },
  ...over,
});
const turn = (ways: readonly TurnWay[], over: Partial<TurnDefinition> = {}): TurnDefinition => ({
  provider: 'sendgrid',
  ways,
  facts: [{ id: 'a', text: 'It is so.', source: 'a page', verifiedOn: '2026-11-22' }],
  ...over,
});
const making = (over: Partial<HttpCall>, more: Partial<TurnWay> = {}): TurnDefinition =>
  turn([way({ make: { call: call(over), gives: { secret: { json: ['key'] } } }, ...more })]);

describe('the turn files', () => {
  it('are listed exactly, by provider (run `npm run providers` where this fails)', () => {
    expect(readFileSync(turnListPath, 'utf8')).toBe(renderTurnList());
  });

  it.each(builtInTurns.map((each) => [each.provider, each] as const))('%s keeps to the rules', (_, each) => {
    expect(turnProblems(each)).toEqual([]);
    expect(turnProviderProblems(each, findProvider)).toEqual([]);
    expect(Object.isFrozen(each) && Object.isFrozen(each.ways[0])).toBe(true);
    expect(JSON.parse(JSON.stringify(each))).toEqual(each);
  });

  it('are found by provider, their ways by format and by id', () => {
    const cloudflare = turnFor('cloudflare');
    expect(cloudflare?.provider).toBe('cloudflare');
    expect(turnFor('unknown')).toBeUndefined();
    const two = turn([way({ formats: ['api'] }), way({ id: 'guided', shape: 'guided' })]);
    expect(waysFor(two, new Set(['api'])).map(({ id }) => id)).toEqual(['second', 'guided']);
    expect(waysFor(two, new Set(['other'])).map(({ id }) => id)).toEqual(['guided']);
    expect(waysFor(two, new Set()).map(({ id }) => id)).toEqual(['guided']);
    expect(findWay(two, 'guided')?.id).toBe('guided');
    expect(findWay(undefined, 'guided')).toBeUndefined();
  });
});

const learning: HttpCall = call({
  method: 'GET',
  success: [200],
  repeatable: true,
  learns: [{ name: 'scopes', from: { json: ['scopes'] }, required: true }],
});
const body = (value: NonNullable<HttpCall['body']>['value']): Partial<HttpCall> => ({
  body: { type: 'json', value },
});

const refused: readonly (readonly [what: string, definition: TurnDefinition, problem: RegExp])[] = [
  ['an id in another case', turn([way({ id: 'Second Key' })]), /kebab-case/],
  ['a provider that is no id', turn([way()], { provider: 'Send Grid' }), /kebab-case/],
  ['two ways of one id', turn([way(), way()]), /stands twice/],
  ['nothing at all', turn([]), /no way/],
  ['an address without TLS', making({ url: 'http://api.sendgrid.com/v3' }), /plain https/],
  ['a secret in an address', making({ url: 'https://api.sendgrid.com/{old:secret}' }), /does not say why/],
  ['a reason for a secret that is not there', making({ secretInUrl: 'so' }), /says it does/],
  ['a secret in a header', making({ headers: { 'x-key': '{old:secret}' } }), /header holds a secret/],
  ['no status of success', making({ success: [] }), /status of success/],
  ['a refusal as a success', making({ success: [404] }), /status of success/],
  [
    'a refusal without words',
    making({ refusals: [{ status: 404, means: 'gone', reason: '', next: '' }] }),
    /reason/,
  ],
  [
    'words with a name in braces',
    making({ refusals: [{ status: 404, means: 'gone', reason: '{id}', next: 'Look.' }] }),
    /hold a name/,
  ],
  ['a value that is not known yet', making(body({ key: '{new:secret}' })), /before it is known/],
  ['an id before there is one', making(body({ key: '{id}' })), /not known in the call/],
  ['an optional name in a text', making(body({ key: 'a {scopes?}' })), /part of a text/],
  [
    'a name that is learnt afterwards',
    turn([
      way({
        make: {
          before: [call({ method: 'GET', url: 'https://x.test/{scopes}', success: [200] }), learning],
          call: call(),
          gives: { secret: { json: ['key'] } },
        },
      }),
    ]),
    /learnt after/,
  ],
  ['a form with depth', making({ body: { type: 'form', value: { a: { b: 'c' } } } }), /more than texts/],
  ['no call that makes it', turn([{ ...way(), make: undefined! }]), /make is missing/],
  ['a guided way with a call', turn([way({ shape: 'guided' })]), /guided way has a call/],
  ['nothing given', turn([way({ make: { call: call(), gives: {} } })]), /gives nothing/],
  ['a swap that revokes', turn([way({ shape: 'swap', wayBack: 'Again.' })]), /revoke is empty/],
  ['a swap without a way back', turn([way({ shape: 'swap', revoke: [] })]), /wayBack/],
  ['an overlap that leaves the old one', turn([way({ revoke: [] })]), /nothing revokes/],
  ['a session that is not there', making({ by: 'session' }), /session that is not there/],
  ['its own manager, elsewhere', making(body({ a: '{manager:secret}' }), { manager: 'self' }), /own manager/],
  ['a hint without a list', turn([way({ old: [{ from: 'hint' }] })]), /list that is not there/],
  [
    'a chosen value that is set once',
    turn([way({ make: { call: call(), gives: { secret: { chosen: true } } } })]),
    /is repeatable/,
  ],
  [
    'a reuse that kills and is repeated',
    making({ repeatable: true }, { shape: 'swap', revoke: [], wayBack: 'Again.', reuseKills: true }),
    /not repeatable/,
  ],
  ['too short a password', turn([way({ chosenLength: 8 })]), /chosenLength/],
  [
    'a fact without a source',
    turn([way()], { facts: [{ id: 'a', text: 'So.', source: '', verifiedOn: '2026-11-22' }] }),
    /source/,
  ],
  [
    'a fact without a day',
    turn([way()], { facts: [{ id: 'a', text: 'So.', source: 'a', verifiedOn: 'today' }] }),
    /date/,
  ],
  ['no fact', turn([way()], { facts: [] }), /at least one fact/],
];

describe('defineTurn', () => {
  it('takes what is well said, and freezes it', () => {
    const taken = defineTurn(turn([way()]));
    expect(Object.isFrozen(taken.ways[0]?.make?.call)).toBe(true);
  });

  it.each(refused)('refuses %s', (_, definition, problem) => {
    expect(() => defineTurn(definition)).toThrow(problem);
  });
});

describe('a turn and its provider', () => {
  const problems = (over: Partial<TurnWay>, provider = 'sendgrid'): string =>
    turnProviderProblems(turn([way(over)], { provider }), findProvider).join('; ');

  it.each([
    ['a provider that is not there', problems({}, 'nobody'), /no provider/],
    [
      'a manager that is not there',
      problems({ manager: { providers: ['nobody'], needs: 'x' } }),
      /is not there/,
    ],
    ['a format that is not there', problems({ formats: ['nothing'] }), /no format/],
    [
      'a field that is not there',
      problems({ make: { call: call(), gives: { pin: { json: ['a'] } } } }),
      /no field/,
    ],
    ['a name that is nobody’s', problems({ revoke: [call({ url: 'https://x.test/{whose}' })] }), /nobody's/],
    [
      'a secret as an open name',
      problems({ revoke: [call({ url: 'https://x.test/{secret}' })] }),
      /nobody's/,
    ],
    [
      'an id that is the secret',
      problems({ old: [{ from: 'field', field: 'secret' }] }),
      /all of the secret/,
    ],
    [
      'auth with a field that is not there',
      problems({
        revoke: [
          call({
            auth: { places: [{ in: 'header', name: 'x', prefix: '', field: 'pin', required: true }] },
          }),
        ],
      }),
      /undeclared field/,
    ],
  ])('finds %s', (_, said, problem) => {
    expect(said).toMatch(problem);
  });
});

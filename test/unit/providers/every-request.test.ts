// Every request of every built-in provider is written down once with invented values: nothing stays in braces, nothing secret stands in an
// address that has a header, nothing that a check may not call is called.
import { describe, expect, it } from 'vitest';
import { buildAsk } from '../../../src/core/providers/ask/build.ts';
import type { AskableCheck } from '../../../src/core/providers/ask/choose.ts';
import type { Question } from '../../../src/core/providers/ask/question.ts';
import type { CheckRequest } from '../../../src/core/providers/asking.ts';
import { changingWordIn } from '../../../src/core/providers/changing-calls.ts';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';
import type { ProviderDefinition } from '../../../src/core/providers/provider.ts';

const mark = 'zq';
const uuid = 'a2f0c3de-5b1f-4a55-9a38-0d8f6b3c1e77';
const isPort = (name: string): boolean => /port$/i.test(name);

const valuesOf = (definition: ProviderDefinition): Readonly<Record<string, string>> =>
  Object.fromEntries(
    definition.fields.map(({ name, secret, shape }, at) => [
      name,
      isPort(name) ? '8443' : shape === 'uuid' ? uuid : `${secret ? mark : 'plain'}${String(at)}`,
    ]),
  );

const settingsOf = (
  definition: ProviderDefinition,
  { url }: CheckRequest,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    definition.settings.map(({ name, choices, usual }) => [
      name,
      choices?.[0] ?? (url.startsWith(`{${name}}`) ? 'https://own.example' : (usual ?? 'own')),
    ]),
  );

const cases = builtInProviders.flatMap((definition) =>
  definition.check.possible
    ? definition.check.requests.map(
        (request, at) =>
          [
            `${definition.id} ${request.id ?? String(at)}`,
            definition,
            definition.check as AskableCheck,
            request,
          ] as const,
      )
    : [],
);

describe('every request', () => {
  it('is there for nearly every provider', () => {
    expect(cases.length).toBeGreaterThanOrEqual(builtInProviders.length * 0.8);
  });

  it.each(cases)('%s is written whole', (_name, definition, check, request) => {
    const question: Question = {
      definition,
      values: {},
      kind: 'live',
      reach: { baseUrl: null, values: settingsOf(definition, request) },
      unattended: false,
    };
    const format =
      definition.formats.find(({ id }) => request.formats?.includes(id)) ?? definition.formats[0];
    const built = buildAsk(question, check, { values: valuesOf(definition), format, kind: 'live' }, request);
    if (!built.ok) throw new Error(built.said.reason);
    const { ask } = built.value;
    expect(ask.url).not.toMatch(/[{}\s]/);
    const { protocol, pathname, hash } = new URL(ask.url);
    expect(hash).toBe('');
    if (ask.protocol !== 'http') return;
    expect(
      protocol === 'https:' ||
        new URL(ask.url).hostname === '127.0.0.1' ||
        new URL(ask.url).hostname === 'localhost',
    ).toBe(true);
    expect(changingWordIn(ask.url)).toBeUndefined();
    for (const path of check.neverCall) expect(`${pathname}${new URL(ask.url).search}`).not.toContain(path);
    const places = (request.auth ?? definition.auth).places;
    if (!places.some((place) => place.in === 'path' || place.in === 'query'))
      expect(ask.url).not.toContain(mark);
    // The key goes along, in a place that its provider named, unless it only signs.
    if (request.signing === undefined) {
      const carried = [
        ask.url,
        ...ask.headers.map(([, value]) => value),
        new TextDecoder().decode(ask.body ?? new Uint8Array()),
      ].join('\n');
      const basic = /^Basic (.*)$/m.exec(carried)?.[1] ?? '';
      expect(carried + Buffer.from(basic, 'base64').toString()).toContain(mark);
    }
    if (ask.method === 'GET') expect(ask.body).toBeNull();
    for (const text of Object.values(request.body?.entries ?? {}))
      if (!definition.fields.some(({ name }) => text.includes(`{${name}}`)) && request.body?.type === 'json')
        expect(Object.values(JSON.parse(new TextDecoder().decode(ask.body!)) as object)).toContain(text);
  });
});

// What is asked, held against the providers' own machine-readable descriptions: address, method, query, the way of proving the key;
// and an answer made from the described form is read as "works". test/fixtures/official/checks.json holds the parts that matter of
// each description, with its source. Twilio's and AWS's descriptions at hand do not cover the call that is asked.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findProvider } from '../../../src/core/providers/catalogue.ts';
import { converse, type Wires } from '../../../src/core/providers/ask/converse.ts';
import { readAnswer } from '../../../src/core/providers/ask/decide.ts';
import type { HttpAsk } from '../../../src/core/providers/ask/build.ts';
import { usualReach } from '../../../src/core/providers/ask/question.ts';
import { sampleKey } from '../../support/key-samples.ts';

type Schema = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
};
type Described = {
  readonly provider: string;
  readonly source: string;
  readonly servers: readonly string[];
  readonly path: string;
  readonly method: string;
  readonly query: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly type: string | null;
  }[];
  readonly security: Readonly<Record<string, { readonly type: string; readonly scheme?: string }>>;
  readonly statuses: readonly string[];
  readonly answer: Schema;
};

const described = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../fixtures/official/checks.json'), 'utf8'),
) as readonly Described[];

/** The smallest value of a described form that has every part. */
const instanceOf = (schema: Schema): unknown => {
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first !== undefined) return instanceOf(first);
  if (schema.allOf !== undefined)
    return Object.assign({}, ...schema.allOf.map((each) => instanceOf(each) as object)) as unknown;
  if (schema.enum !== undefined) return schema.enum[0];
  const type = Array.isArray(schema.type) ? (schema.type as readonly string[])[0] : schema.type;
  if (schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, each]) => [name, instanceOf(each)]),
    );
  if (type === 'array') return schema.items === undefined ? [] : [instanceOf(schema.items)];
  return { integer: 1, number: 1, boolean: true, null: null, object: {} }[String(type)] ?? 'text';
};

const ask = async (entry: Described) => {
  const definition = findProvider(entry.provider)!;
  const format = definition.formats.find(({ sensitivity }) => sensitivity === 'secret')!;
  const secret = sampleKey(entry.provider, format.id);
  const asked: HttpAsk[] = [];
  const wires: Wires = {
    ask: (question) => {
      if (question.protocol === 'http') asked.push(question);
      const body = new TextEncoder().encode(JSON.stringify(instanceOf(entry.answer)));
      return Promise.resolve({ ok: true, value: readAnswer(200, new Map(), body) });
    },
    wait: () => Promise.resolve(true),
    nowMs: () => Date.UTC(2026, 10, 22),
  };
  const outcome = await converse(
    {
      definition,
      values: { [format.field]: secret },
      kind: format.kind,
      reach: usualReach,
      unattended: false,
    },
    wires,
  );
  return { asked, outcome, secret, tells: definition.check.possible ? (definition.check.tells ?? []) : [] };
};

describe.each(described)('the description of $provider ($source)', (entry) => {
  it('knows the address, the method and each word of the query that is asked', async () => {
    const { asked } = await ask(entry);
    expect(asked.length).toBeGreaterThan(0);
    const first = asked[0]!;
    const url = new URL(first.url);
    expect(first.method).toBe(entry.method);
    expect(entry.servers.map((server) => `${server}${entry.path}`)).toContain(`${url.origin}${url.pathname}`);
    for (const [name, value] of url.searchParams) {
      const parameter = entry.query.find((each) => each.name === name);
      expect(parameter, name).toBeDefined();
      if (parameter?.type === 'integer') expect(value).toMatch(/^\d+$/);
    }
    for (const { name, required } of entry.query) if (required) expect(url.searchParams.has(name)).toBe(true);
    expect(first.body).toBeNull();
  });

  it('wants the key where it is put, and nowhere else', async () => {
    const { asked, secret } = await ask(entry);
    const [first] = asked;
    const sent = Object.fromEntries(first!.headers.map(([name, value]) => [name.toLowerCase(), value]));
    const schemes = Object.values(entry.security);
    if (schemes.length > 0)
      expect(schemes.some(({ type, scheme }) => type === 'http' && scheme === 'bearer')).toBe(true);
    expect(sent['authorization']).toBe(`Bearer ${secret}`);
    expect(first!.url).not.toContain(secret);
  });

  it('gives an answer that is read as "works", with what it tells', async () => {
    const { outcome, tells } = await ask(entry);
    expect(outcome).toMatchObject({ state: 'valid', httpStatus: 200 });
    const fromBody = tells.filter(({ from }) => 'json' in from && !('jwt' in from)).map(({ fact }) => fact);
    expect((outcome?.told ?? []).map(({ fact }) => fact)).toEqual(expect.arrayContaining(fromBody));
  });
});

describe('the descriptions', () => {
  it('are those of six providers', () => {
    expect(described.map(({ provider }) => provider).toSorted()).toEqual([
      'heroku',
      'neon',
      'openai',
      'openai-admin',
      'resend',
      'sendgrid',
    ]);
  });
});

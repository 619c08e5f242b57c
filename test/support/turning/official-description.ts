// What a provider's own machine-readable description says of the operations that a turn calls (test/fixtures/official/turning), and
// whether a request is one of them.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fromText, problemsOf, type Schema } from './json-schema.ts';

export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly schema: Schema;
};
export type Operation = {
  readonly id: string;
  readonly method: string;
  readonly servers: readonly string[];
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly type: string; readonly schema: Schema } | null;
  readonly responses: Readonly<Record<string, { readonly schema: Schema | null }>>;
  readonly security: readonly { readonly type: string; readonly scheme?: string }[];
};
export type Description = { readonly source: string; readonly operations: readonly Operation[] };

export const descriptionOf = (provider: string): Description =>
  JSON.parse(
    readFileSync(resolve(import.meta.dirname, `../../fixtures/official/turning/${provider}.json`), 'utf8'),
  ) as Description;

export type Incoming = {
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
};
/** A request that was read by its operation. */
export type Asked = {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly incoming: Incoming;
};
export type ReadAs = { readonly asked: Asked | null; readonly problems: readonly string[] };

const pathOf = (operation: Operation, pathname: string): Record<string, string> | undefined => {
  for (const server of operation.servers) {
    const names: string[] = [];
    const base = new URL(server).pathname.replace(/\/$/, '');
    const pattern = `${base}${operation.path}`
      .replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)
      .replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
        names.push(name);
        return '([^/]+)';
      });
    const match = new RegExp(`^${pattern}$`).exec(pathname);
    if (match) return Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(match[at + 1]!)]));
  }
  return undefined;
};

const entriesOf = (query: URLSearchParams): Record<string, string> => Object.fromEntries(query);

const formOf = (text: string, schema: Schema): Record<string, unknown> =>
  Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [
      name,
      fromText(value, schema.properties?.[name] ?? {}),
    ]),
  );

const bodyOf = ({ body, headers }: Incoming, operation: Operation): { value: unknown; problem?: string } => {
  const text = body.toString('utf8');
  const described = operation.body;
  const type = String(headers['content-type'] ?? '')
    .split(';')[0]!
    .trim();
  if (described === null)
    return text === '' && type === ''
      ? { value: {} }
      : { value: {}, problem: 'a body that is not described' };
  if (text === '') return { value: {}, ...(described.required ? { problem: 'the body is missing' } : {}) };
  if (type !== described.type) return { value: {}, problem: `the body is ${type}, not ${described.type}` };
  if (type === 'application/x-www-form-urlencoded') return { value: formOf(text, described.schema) };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { value: {}, problem: 'the body is no JSON' };
  }
};

const parameterProblems = (
  operation: Operation,
  given: Readonly<Record<'path' | 'query', Readonly<Record<string, string>>>>,
): readonly string[] => [
  ...operation.parameters.flatMap((each) => {
    if (each.in !== 'path' && each.in !== 'query') return [];
    const value = given[each.in][each.name];
    if (value === undefined) return each.required ? [`${each.in} ${each.name} is missing`] : [];
    return problemsOf(fromText(value, each.schema), each.schema, `${each.in} ${each.name}`);
  }),
  ...Object.keys(given.query).flatMap((name) =>
    operation.parameters.some((each) => each.in === 'query' && each.name === name)
      ? []
      : [`query ${name} is not described`],
  ),
];

const proofs: Readonly<Record<string, RegExp>> = {
  bearer: /^Bearer [!-~]+$/,
  basic: /^Basic [A-Za-z0-9+/]+={0,2}$/,
  'aws-sigv4': /^AWS4-HMAC-SHA256 Credential=/,
};

const proofProblem = (operation: Operation, { headers }: Incoming): readonly string[] => {
  const sent = String(headers['authorization'] ?? '');
  const wanted = operation.security
    .map(({ type, scheme }) => proofs[scheme ?? type])
    .filter((each) => each !== undefined);
  return wanted.some((proof) => proof.test(sent)) ? [] : ['the key does not stand where it is described'];
};

/** Headers that every client sends, or that a turn adds to no harm. */
const plainHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'accept',
  'accept-encoding',
  'user-agent',
  'content-type',
  'content-length',
  'transfer-encoding',
  'authorization',
  'x-amz-date',
]);

/** Reads a request as one of the described operations. */
export const readAs = (description: Description, incoming: Incoming): ReadAs => {
  const url = new URL(incoming.url, 'http://localhost');
  const fitting = description.operations.flatMap((operation) => {
    const path = operation.method === incoming.method ? pathOf(operation, url.pathname) : undefined;
    return path === undefined ? [] : [{ operation, path }];
  });
  // Operations of one path (AWS) are told apart by what the body names.
  const read = fitting.map(({ operation, path }) => {
    const query = entriesOf(url.searchParams);
    const { value, problem } = bodyOf(incoming, operation);
    const schemaProblems =
      operation.body === null ||
      problem !== undefined ||
      (incoming.body.length === 0 && !operation.body.required)
        ? []
        : problemsOf(value, operation.body.schema);
    const strange = Object.keys(incoming.headers).filter((name) => !plainHeaders.has(name));
    const problems = [
      ...(problem === undefined ? [] : [problem]),
      ...schemaProblems,
      ...parameterProblems(operation, { path, query }),
      ...proofProblem(operation, incoming),
      ...strange.map((name) => `header ${name} is not described`),
    ];
    const asked: Asked = { operation, path, query, body: value as Record<string, unknown>, incoming };
    return { asked, problems };
  });
  return (
    read.find(({ problems }) => problems.length === 0) ??
    read[0] ?? { asked: null, problems: [`${incoming.method} ${url.pathname} is not described`] }
  );
};

/** What is wrong with an answer of the server here. */
export const answerProblems = (operation: Operation, status: number, body: unknown): readonly string[] => {
  const described = operation.responses[String(status)] ?? operation.responses['default'];
  if (described === undefined) return status < 400 ? [`status ${String(status)} is not described`] : [];
  if (described.schema === null)
    return body === undefined || status >= 400 ? [] : ['a body that is not described'];
  return problemsOf(body, described.schema, 'answer');
};

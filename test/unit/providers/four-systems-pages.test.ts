// docs/providers tells row by row where the sentences of four systems' documents live in the product. The rows are held to the list of what
// the documents ask, and what a page names is held to be there.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { warningCodes } from '../../../src/core/keys/warning.ts';
import { builtInProviders as providers } from '../../../src/core/providers/provider-list.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, 'docs/providers');
const page = (name: string): string => readFileSync(join(folder, `${name}.md`), 'utf8');

/** What the documents ask of a key vault, a row each. */
const asked = {
  circle: [
    'keys are unique strings; keep them confidential',
    'without authentication requests fail',
    'all requests over HTTPS',
    'never share or record in public media',
    'losing control may cause financial loss',
    'manage via the dashboard: create, view, edit, revoke',
    'separate production and sandbox dashboards',
    'must be logged in and be Administrator',
    'product APIs are disabled by default in production',
    'standard keys: all services; restricted keys: a product role',
    'a restricted key may be valid for a product that is not authorised: 401',
    'restricted permissions cannot be viewed, edited or created in the dashboard',
    'issued before 25 April 2023: restricted',
    'create: name, IP allowlist, create, copy, close with X',
    'IP allowlist optional',
    'maximum 10 keys per environment',
    'view details: ellipsis, view details',
    'edit: name and IP allowlist only',
    'revoke: ellipsis, delete, type DELETE, delete',
    '"Updated 5 months ago"',
  ],
  integral: [
    'the integration uses read-only keys',
    'the key does nothing until the Core Functionality API is enabled',
    'request a read-only key, do not create it in the app',
    '"or you are unsure"',
    'they send you the key, or it appears in your account',
    'create a key, nickname, leave the IP allowlist empty',
    'all other configuration is done by the representative',
    'shown once: copy it somewhere safe',
    'the key shows in the list with its nickname',
    'paste it into the search box and Sync',
    'Integral imports transactions',
  ],
  appcircle: [
    'keys are scoped to an organisation, also to sub-organisations',
    'name and expiry; the expiry cannot be modified after creation',
    'select organisation and roles',
    'the secret is shown only once',
    'a new key may have the same expiry date',
    'status Active or Expired',
    'manage: roles change without a new secret',
    'delete is permanent',
    'an e-mail address for audit logging',
    'token exchange: form with name and secret',
    'the script has the secret inline and prints the token',
    'the access token is derived',
  ],
  circa: [
    'every request needs the x-api-key header',
    'circa_live_ or circa_test_ and 32 base64url characters',
    'the page runs its sample into the next word',
    'documentation examples',
    'live: only a hash and the first 18 characters are stored',
    'keep these in a secret manager',
    'test keys stay revealable',
    'the same usage, billed to a separate sandbox quota',
    'the kind is chosen at creation',
    'revocation is immediate: the next request is 401',
    'revoked keys are soft-deleted, their logs stay visible',
    '401 for missing, malformed, unknown or revoked',
    'a key inherits the team memberships of its creator',
    'exactly one x-team-id on every request',
    'the team id: Team Settings, General',
    '400 without the header, 403 for no member',
    'best practice: a secret manager (AWS, Doppler, Vercel)',
    'never commit',
    'one key per environment',
    'rotate periodically, revoke unused keys',
    'a leaked key reads everything and debits credits via /datapoints/pull',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const pages = Object.keys(asked) as (keyof typeof asked)[];

type Row = { readonly title: string; readonly where: string };

const rowsOf = (text: string): readonly Row[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) => line.split(' | ').map((cell) => cell.replaceAll(/^\|\s*|\s*\|$/g, '').trim()))
    .filter(([title]) => !/^-+$/.test(title ?? ''))
    .map(([title = '', where = '']) => ({ title, where }));

const quoted = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, words]) => words ?? '');

/** Names in back quotes that are no warning: fields, filters, providers, words of the documents themselves. */
const otherNames = new Set(['waiting', 'overdue', 'unused', 'run']);
const looksLikeCode = (words: string): boolean => /^[a-z]+(?:-[a-z]+)+$/.test(words);

describe.each(pages)('the page of %s', (name) => {
  const text = page(name);

  it('has a row for every row that the documents ask for, in their order', () => {
    const titles = rowsOf(text).map(({ title }) => title);
    expect(titles.slice(0, asked[name].length)).toEqual([...asked[name]]);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('says of every row where it is, or what it waits for', () => {
    for (const { title, where } of rowsOf(text)) expect(where.length, title).toBeGreaterThan(10);
    for (const [words] of text.matchAll(/not yet[^.|]*/gi))
      expect(words).toMatch(/\(issue [56]\)|`run` is not there|scanner|severity/);
  });

  it('names warnings, fields and files that are there', () => {
    const ids = new Set(providers.map(({ id }) => id));
    const codes = new Set<string>(warningCodes);
    const fields = new Set(providers.flatMap((each) => each.fields.map((field) => field.name)));
    const codesOnPage = quoted(text).filter((words) => looksLikeCode(words));
    expect(codesOnPage.filter((words) => !codes.has(words) && !ids.has(words))).toEqual([]);
    const paths = quoted(text).filter((words) => /^(?:src|test|docs)\//.test(words));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const camel = quoted(text).filter((words) => /^[a-z]+[A-Z]\w*$/.test(words));
    expect(camel.filter((words) => !fields.has(words))).toEqual([]);
    const words = quoted(text).filter((each) => /^[a-z]+$/.test(each));
    expect(words.filter((each) => !otherNames.has(each) && !codes.has(each))).toEqual([]);
  });

  it('quotes words that the window has', () => {
    const window = readdirSync(join(root, 'src/renderer'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => readFileSync(join(root, 'src/renderer', file), 'utf8'))
      .join('\n');
    const labels = [...text.matchAll(/\*\*Key → ([^*]+)\*\*|\*\*Settings → ([^*]+)\*\*/g)].flatMap(
      ([, key = '', settings = '']) => `${key}${settings}`.split(' → '),
    );
    expect(labels.filter((label) => !window.includes(label))).toEqual([]);
  });
});

it('what follows from comparing the four has its rows too, with warnings that are there', () => {
  const rows = rowsOf(page('README'));
  expect(rows).toHaveLength(8);
  for (const { title, where } of rows) expect(where.length, title).toBeGreaterThan(40);
  const codes = new Set<string>(warningCodes);
  const named = rows.flatMap(({ where }) => quoted(where).filter((words) => looksLikeCode(words)));
  expect(named.filter((words) => !codes.has(words) && !words.startsWith('x-'))).toEqual([]);
});

it('every page of the folder is listed and led to', () => {
  const files = readdirSync(folder).filter((file) => file !== 'README.md');
  expect(files.toSorted()).toEqual(pages.map((name) => `${name}.md`).toSorted());
  for (const file of files) expect(page('README')).toContain(`(${file})`);
});

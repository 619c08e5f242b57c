// `keyturn check` and `keyturn provider` as a script sees them: words, JSON, exit codes.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answeringServer, type AnsweringServer, type Says } from '../support/answering-server.ts';
import { newHome, sample, type Home } from '../support/cli.ts';
import { entries } from '../support/entries.ts';

const teamId = 'a2f0c3de-5b1f-4a55-9a38-0d8f6b3c1e77';
const valid: Says = { status: 200, body: { id: '1', email: 'ann@example.com' } };
const secrets = {
  good: sample.circaLive(),
  bad: sample.circaTest(),
  broken: sample.circaLive().slice(0, 25),
};

let server: AnsweringServer;
let home: Home;

const run: Home['run'] = (words, options) => home.run(words, { bare: true, ...options });
const json: Home['json'] = (words, options) => home.json(words, { bare: true, ...options });

const usual = ({ headers }: AnsweringServer['seen'][number]): Says =>
  headers['x-api-key'] === secrets.good ? valid : { status: 401, body: { message: 'Invalid API key' } };

beforeAll(async () => {
  server = await answeringServer(usual);
  home = newHome();
  await home.run(['init']);
  // The rest runs against the unlocked background agent: one derivation instead of fifty.
  await home.json(['unlock']);
  for (const [name, value] of Object.entries(secrets)) {
    const words = [
      'add',
      name,
      '--env',
      'production',
      '--provider',
      'circa',
      '--field',
      `teamId=${teamId}`,
      '--value-stdin',
    ];
    const ran = await run(words, { stdin: value });
    expect(ran.code, ran.err).toBe(0);
  }
  await run(['add', 'nobody', '--env', 'production', '--value-stdin'], { stdin: sample.anything() });
  const configured = await run(['provider', 'configure', 'circa', '--base-url', server.url]);
  expect(configured.code, configured.err).toBe(0);
}, 120_000);

afterAll(async () => {
  await run(['lock']);
  await server.close();
  home.remove();
});

describe('keyturn check', () => {
  it('says yes with 0, no with 1, and gives the promised JSON', async () => {
    const good = await json<Record<string, unknown>[]>(['check', 'good']);
    expect(good).toMatchObject([
      { name: 'good', state: 'valid', httpStatus: 200, expiresAt: null, scopes: [] },
    ]);
    expect(good[0]).toHaveProperty('id');
    expect(good[0]).toHaveProperty('reason');
    expect(String(good[0]?.['checkedAt'])).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    expect(await json(['check', 'good', 'bad'], { code: 1 })).toMatchObject([
      { state: 'valid' },
      { state: 'invalid' },
    ]);
    expect(await json(['check', 'broken'], { code: 1 })).toMatchObject([
      { state: 'malformed', httpStatus: null },
    ]);
    expect(await json(['check', 'nobody'], { code: 1 })).toMatchObject([{ state: 'not-checkable' }]);
  });

  it('asks with --all whom it can ask, in words for a person and nothing secret', async () => {
    const ran = await run(['check', '--all']);
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('3 keys: 1 valid, 1 invalid, 1 malformed.');
    expect(ran.out).not.toContain('nobody');
    for (const value of Object.values(secrets)) expect(ran.out + ran.err).not.toContain(value);
    const states = await json<{ name: string; status: { state: string } }[]>(['list', '--state', 'invalid']);
    expect(states.map(({ name }) => name)).toEqual(['bad']);
    expect(await json(['list', '--state', 'never-checked'])).toEqual([]);
  });

  it('ends with 5 where the provider gives no answer', async () => {
    server.answer = () => ({ status: 500, body: 'oops' });
    expect(await json(['check', 'good'], { code: 5 })).toMatchObject([{ state: 'unreachable' }]);
    server.answer = usual;
  });

  it('wants a name or --all, not both, and a key that is there', async () => {
    for (const words of [
      ['check'],
      ['check', 'good', '--all'],
      ['check', 'gone'],
      ['check', '--everything'],
    ]) {
      const ran = await run(words);
      expect(ran.code, words.join(' ')).toBe(2);
      expect(ran.err).toMatch(/\S/);
    }
  });

  it('stops at Ctrl-C and keeps what it had learnt', async () => {
    server.answer = (seen) => (seen.headers['x-api-key'] === secrets.good ? valid : undefined);
    const before = server.seen.length;
    const entry = entries.commandLine;
    const env: NodeJS.ProcessEnv = { ...process.env, KEYTURN_HOME: join(home.folder, 'home') };
    delete env['KEYTURN_PASSWORD_FILE'];
    const child = spawn(process.execPath, [entry, 'check', 'good', 'bad', '--json'], { env });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const ended = new Promise<number | null>((done) => child.on('close', done));
    while (server.seen.length < before + 2) await new Promise((done) => setTimeout(done, 20));
    await new Promise((done) => setTimeout(done, 100));
    child.kill('SIGINT');
    expect(await ended).toBe(6);
    expect(JSON.parse(out)).toMatchObject([{ name: 'good', state: 'valid' }]);
    server.answer = usual;
  });
});

describe('keyturn provider', () => {
  it('lists what can be asked and how it rotates', async () => {
    const all = await json<{ id: string; check: boolean; rotate: string }[]>(['provider', 'list']);
    expect(all.find(({ id }) => id === 'circa')).toMatchObject({
      name: 'Circa',
      check: true,
      rotate: 'guided',
      configured: true,
      keys: 3,
    });
    expect(all.length).toBeGreaterThanOrEqual(5);
    expect((await run(['provider', 'show', 'circa'])).out).toContain('GET https://api.circa.ai/public/me');
  });

  it('takes addresses and settings that are right, and says what is wrong with others', async () => {
    for (const words of [
      ['configure', 'circa', '--base-url', 'http://example.com'],
      ['configure', 'circa', '--base-url', 'https://user:pass@example.com'],
      ['configure', 'circa', '--set', 'colour=red'],
      ['configure', 'circa', '--set', 'colour'],
      ['configure', 'circa'],
      ['configure', 'nobody', '--base-url', 'https://example.com'],
      ['configure'],
      ['paint', 'circa'],
      ['list', 'circa'],
      ['show', 'circa', '--base-url', 'https://example.com'],
    ]) {
      const ran = await run(['provider', ...words]);
      expect(ran.code, words.join(' ')).toBe(2);
      expect(ran.err, words.join(' ')).toMatch(/\S/);
    }
    expect(
      await json(['provider', 'configure', 'npm', '--set', 'registry=https://registry.example.com/npm/']),
    ).toMatchObject({ id: 'npm', baseUrl: null, settings: { registry: 'https://registry.example.com/npm' } });
    expect(await json(['provider', 'configure', 'npm', '--set', 'registry='])).toMatchObject({
      settings: { registry: null },
    });
  });

  it('takes a definition of one’s own, knows its keys, asks with it, and lets it go', async () => {
    const file = resolve(import.meta.dirname, '../fixtures/providers/in-house-api.json');
    expect(await json(['provider', 'add', file])).toEqual({ added: ['acme-billing'], updated: [] });
    await run(['provider', 'configure', 'acme-billing', '--base-url', server.url]);
    const value = `acmebill_live_${sample
      .anything()
      .replace(/[^a-z0-9]/gi, 'x')
      .padEnd(40, 'y')
      .slice(0, 40)}`;
    const added = await json<{ provider: string; kind: string }>(
      ['add', 'billing', '--env', 'production', '--field', 'tenant=shop', '--value-stdin'],
      { stdin: value },
    );
    expect(added).toMatchObject({ provider: 'acme-billing', kind: 'live' });
    server.answer = () => ({ status: 200, body: { key: { expiresAt: '2027-02-03' } } });
    expect(await json(['check', 'billing'])).toMatchObject([{ state: 'valid', expiresAt: '2027-02-03' }]);
    expect(server.seen.at(-1)).toMatchObject({
      url: '/api/v2/whoami',
      headers: { 'x-acme-key': value, 'x-acme-tenant': 'shop' },
    });
    server.answer = usual;
    expect(await json(['provider', 'remove', 'acme-billing'])).toEqual({ id: 'acme-billing' });
    expect(await json(['check', 'billing'], { code: 1 })).toMatchObject([{ state: 'not-checkable' }]);
    const wrong = join(home.folder, 'wrong.json');
    writeFileSync(wrong, '{"keyturn":"providers","version":1,"providers":[{"id":"x"}]}');
    expect((await run(['provider', 'add', wrong])).code).toBe(2);
  });
});

// A question to try by hand holds names of variables and no value, and is what Keyturn itself sends: run in a shell against a server on
// this machine where there is curl.
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { curlInWords } from '../../../src/core/providers/describe-curl.ts';
import type { CheckRequest } from '../../../src/core/providers/asking.ts';
import { builtInProviders } from '../../../src/core/providers/provider-list.ts';

const run = promisify(execFile);
const hasCurl = await run('curl', ['--version']).then(
  () => process.platform !== 'win32',
  () => false,
);

const questions = builtInProviders.flatMap((definition) =>
  definition.check.possible
    ? definition.check.requests.map(
        (request) => [`${definition.id} ${request.id ?? request.environment}`, definition, request] as const,
      )
    : [],
);
const written = questions.flatMap(([name, definition, request]) => {
  const command = curlInWords(definition, request);
  return command === null ? [] : [[name, definition, request, command] as const];
});

const only = (id: string): { readonly command: string; readonly request: CheckRequest } => {
  const found = written.find(([, definition]) => definition.id === id);
  if (found === undefined) throw new Error(`nothing is written for ${id}`);
  return { request: found[2], command: found[3] };
};

describe('a question for a shell', () => {
  it('is there for nearly all that are asked over HTTP', () => {
    const without = questions.filter(([name]) => !written.some(([each]) => each === name));
    for (const [name, { auth }, request] of without)
      expect(
        request.signing !== undefined ||
          (request.protocol ?? 'http') !== 'http' ||
          request.body !== undefined ||
          request.auth !== undefined ||
          auth.places.some((place) => place.in === 'json'),
        name,
      ).toBe(true);
    expect(written.length).toBeGreaterThan(questions.length * 0.75);
  });

  it.each(written)(
    '%s names the variable of every part that is needed, and stops where it should',
    (...args) => {
      const [, definition, request, command] = args;
      const { places } = request.auth ?? definition.auth;
      for (const { field } of places.filter(({ required }) => required)) {
        const variable = definition.fields.find(({ name }) => name === field)?.variable ?? '';
        expect(command).toContain(`\${${variable}}`);
      }
      expect(command.split('\n')[0]).toBe('curl -sS --config - <<END');
      expect(command.endsWith('\nEND')).toBe(true);
    },
  );

  it('has both headers of Circa, and each part of Appcircle’s form; its token is thrown away', () => {
    expect(only('circa').command).toBe(
      [
        'curl -sS --config - <<END',
        'url = "https://api.circa.ai/public/me"',
        'header = "x-api-key: ${CIRCA_API_KEY}"',
        'header = "x-team-id: ${CIRCA_TEAM_ID}"',
        'END',
      ].join('\n'),
    );
    const { command } = only('appcircle');
    expect(command).toContain('data-urlencode = "secret=${APPCIRCLE_API_KEY_SECRET}"');
    expect(command).toContain('output = "/dev/null"');
  });
});

describe.runIf(hasCurl)('run in a shell', () => {
  let seen: {
    readonly method: string;
    readonly url: string;
    readonly headers: object;
    readonly body: string;
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
      response.end('{"access_token":"must not be seen"}');
    });
  });
  beforeAll(() => new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)));
  afterAll(() => new Promise((done) => void server.close(done)));

  const runHere = async (command: string, env: Readonly<Record<string, string>>): Promise<string> => {
    const base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const here = command.replace(/https:\/\/[a-z.]+/, base);
    const { stdout } = await run('sh', ['-c', here], { env: { PATH: process.env['PATH'] ?? '', ...env } });
    return stdout;
  };

  it('the key goes into its header', async () => {
    await runHere(only('circa').command, { CIRCA_API_KEY: 'the key', CIRCA_TEAM_ID: 'the team' });
    expect(seen).toMatchObject({ method: 'GET', url: '/public/me' });
    expect(seen.headers).toMatchObject({ 'x-api-key': 'the key', 'x-team-id': 'the team' });
  });

  it('a form is sent, and the status is printed, not the token', async () => {
    const printed = await runHere(only('appcircle').command, {
      APPCIRCLE_API_KEY_NAME: 'ci & co',
      APPCIRCLE_API_KEY_SECRET: 'the secret',
    });
    expect(seen.method).toBe('POST');
    expect(Object.fromEntries(new URLSearchParams(seen.body))).toMatchObject({
      name: 'ci & co',
      secret: 'the secret',
    });
    expect(printed).toBe('200\n');
  });

  it('Basic is used where the provider wants it', async () => {
    await runHere(only('mailgun').command, { MAILGUN_API_KEY: 'the key' });
    expect(seen.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('api:the key').toString('base64')}`,
    });
  });
});

// The app's own scheme: what it serves, with which headers, and that no address leads out of its list.
import { describe, expect, it } from 'vitest';
import {
  answerRequest,
  buildManifest,
  contentSecurityPolicy,
  schemePrivileges,
  serveApp,
} from '../../../src/main/security/protocol.ts';

const manifest = buildManifest('/built', [
  'index.html',
  'assets/app-1.js',
  'assets/app-1.js.map',
  'assets/inter.woff2',
]);
const get = (url: string, method = 'GET') => answerRequest({ method, url }, 'vault', manifest);

describe('app://vault', () => {
  it('serves a page with every header that guards it', () => {
    const answer = get('app://vault/index.html');
    expect(answer).toMatchObject({ status: 200, file: '/built/index.html' });
    expect(answer.headers).toMatchObject({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
  });

  it('keeps to the policy that was agreed', () => {
    expect(contentSecurityPolicy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; " +
        "worker-src 'none'; require-trusted-types-for 'script'",
    );
  });

  it('ignores a query and a fragment', () => {
    expect(get('app://vault/index.html?x=1#y').file).toBe('/built/index.html');
  });

  it.each([
    'app://vault/',
    'app://vault/../index.html.map',
    'app://vault/assets/app-1.js.map',
    'app://vault/assets/../../etc/passwd',
    'app://vault/%2e%2e/%2e%2e/etc/passwd',
    'app://vault/assets%2fapp-1.js',
    'app://vault//built/index.html',
    'app://vault/constructor',
    'app://vault/__proto__',
    'app://vault/INDEX.HTML',
    'app://about/index.html',
    'app://vault:1/index.html',
    'app://vault.example/index.html',
    'https://vault/index.html',
    'file:///built/index.html',
    'app:index.html',
    '',
  ])('does not serve %j', (url) => {
    const answer = get(url);
    expect(answer.file).toBeNull();
    expect(answer.status).toBe(404);
    expect(answer.headers['Content-Security-Policy']).toBe(contentSecurityPolicy);
  });

  it.each(['POST', 'HEAD', 'PUT', 'get'])('does not answer %s', (method) => {
    expect(get('app://vault/index.html', method)).toMatchObject({ status: 405, file: null });
  });

  it('has no fetch, and is standard and secure', () => {
    expect(schemePrivileges).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: false, codeCache: true },
    });
  });

  it('answers with the bytes of the file, and with nothing where it cannot be read', async () => {
    const bytes = new TextEncoder().encode('<!doctype html>');
    const served = await serveApp('vault', manifest, () => Promise.resolve(bytes))({
      method: 'GET',
      url: 'app://vault/index.html',
    });
    expect(await served.text()).toBe('<!doctype html>');
    expect(served.headers.get('X-Content-Type-Options')).toBe('nosniff');

    const broken = await serveApp('vault', manifest, () => Promise.reject(new Error('gone')))({
      method: 'GET',
      url: 'app://vault/index.html',
    });
    expect(broken.status).toBe(500);
    expect(await broken.text()).toBe('');
  });
});

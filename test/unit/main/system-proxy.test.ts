// What the agent is told of the system's proxy: only what Chromium says, and only what Node can use.
import { describe, expect, it } from 'vitest';
import { createSystemProxy, proxyVariables } from '../../../src/main/system-proxy.ts';

describe('the system’s proxy', () => {
  it.each([
    ['DIRECT', {}],
    ['PROXY proxy.example:8080', 'http://proxy.example:8080'],
    ['PROXY proxy.example:8080; DIRECT', 'http://proxy.example:8080'],
    ['HTTPS secure.example:443', 'https://secure.example:443'],
    ['SOCKS5 socks.example:1080; PROXY [::1]:3128', 'http://[::1]:3128'],
    ['SOCKS5 socks.example:1080', {}],
    ['DIRECT; PROXY proxy.example:8080', {}],
    ['PROXY user:word@proxy.example:8080', {}],
    ['PROXY proxy.example', {}],
    ['constructor proxy.example:1', {}],
    ['', {}],
  ])('is read from %j', (answer, wanted) => {
    const expected =
      typeof wanted === 'string' ? { HTTPS_PROXY: wanted, NO_PROXY: 'localhost,127.0.0.1,::1' } : wanted;
    expect(proxyVariables(answer)).toEqual(expected);
  });

  it('stays what it was where the system cannot say, and is looked up for nobody’s address', async () => {
    const asked: string[] = [];
    const answers: (() => Promise<string>)[] = [
      () => Promise.resolve('PROXY one.example:1'),
      () => Promise.reject(new Error('gone')),
      () => Promise.resolve('DIRECT'),
    ];
    const proxy = createSystemProxy((url) => {
      asked.push(url);
      return answers.shift()!();
    });
    expect(proxy.variables()).toEqual({});
    await proxy.look();
    expect(proxy.variables()['HTTPS_PROXY']).toBe('http://one.example:1');
    await proxy.look();
    expect(proxy.variables()['HTTPS_PROXY']).toBe('http://one.example:1');
    await proxy.look();
    expect(proxy.variables()).toEqual({});
    expect(new Set(asked)).toEqual(new Set(['https://provider.example/']));
  });
});

// Which addresses may be asked at all, and how a loopback name is resolved: never through the network's own name service.
import type { LookupFunction } from 'node:net';

const loopbackName = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

export type CheckedAddress =
  { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly reason: string };

/** https anywhere, http on loopback alone, and nothing that hides a name and password in the address. */
export const checkAddress = (text: string): CheckedAddress => {
  if (!URL.canParse(text)) return { ok: false, reason: 'The address is none.' };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    return { ok: false, reason: `The address at ${url.host} carries a name or password.` };
  if (url.protocol === 'https:') return { ok: true, url };
  if (url.protocol === 'http:' && loopbackName.test(url.hostname)) return { ok: true, url };
  return {
    ok: false,
    reason:
      url.protocol === 'http:'
        ? `${url.host} would be asked without TLS: everybody on the way could read the key.`
        : 'Only https is asked, or http on this machine.',
  };
};

export const isLoopbackUrl = (url: URL): boolean => loopbackName.test(url.hostname);

/** `localhost` is this machine, whatever a name service says. */
export const loopbackLookup: LookupFunction = (_name, options, done) => {
  if (options.all === true) {
    done(null, [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
  } else done(null, '127.0.0.1', 4);
};

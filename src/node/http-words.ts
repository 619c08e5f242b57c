// Why there is no answer, in plain words. An error of Node's is read by its code, and its message is never
// repeated: it may hold an address.
import type { NoAnswer } from '../core/ports.ts';

type Why = NoAnswer['why'];
type Words = { readonly reason: (host: string) => string; readonly next: string };

const unchanged = 'Your key is unchanged. Try again, or check the status page of the provider.';

const words: Readonly<Record<Exclude<Why, 'refused-address'>, Words>> = {
  'no-name': {
    reason: (host) => `The name ${host} could not be resolved.`,
    next: 'Your key is unchanged. Look whether this machine is online, and whether the address is right.',
  },
  'not-reached': { reason: (host) => `No connection to ${host} could be made.`, next: unchanged },
  'no-connection': { reason: (host) => `No connection to ${host} could be made.`, next: unchanged },
  'no-trust': {
    reason: (host) => `${host} could not prove who it is: its certificate is not trusted here.`,
    next: 'Nothing was sent. A proxy that reads along, or a wrong clock, are the usual causes; ask your administrator.',
  },
  'no-tls': {
    reason: (host) => `No TLS could be agreed with ${host}, and a key is not sent in the open.`,
    next: 'Nothing was sent. Turn TLS on there if it is off; a server on this machine may be asked without: give it a base URL that begins with http://127.0.0.1.',
  },
  'too-slow': { reason: (host) => `${host} did not answer within 10 s.`, next: unchanged },
  'sent-elsewhere': {
    reason: (host) => `${host} sends us to another address, and Keyturn does not follow with a key.`,
    next: 'Look whether the base URL is right.',
  },
  'not-http': {
    reason: (host) => `${host} answered with something that is no HTTP.`,
    next: 'Look whether the address is right.',
  },
  stopped: { reason: () => 'You stopped it.', next: 'Check again when you like.' },
};

export const noAnswer = (why: Exclude<Why, 'refused-address'>, host: string): NoAnswer => ({
  why,
  reason: words[why].reason(host),
  next: words[why].next,
});

const codes: Readonly<Record<string, Exclude<Why, 'refused-address'>>> = {
  ENOTFOUND: 'no-name',
  EAI_AGAIN: 'no-name',
  EAI_NODATA: 'no-name',
  ECONNREFUSED: 'not-reached',
  ETIMEDOUT: 'too-slow',
  ESOCKETTIMEDOUT: 'too-slow',
  ERR_TLS_CERT_ALTNAME_INVALID: 'no-trust',
};

/** OpenSSL's numbers for an answer that is no TLS (wrong version number, packet length too long). Node gives them in the message alone. */
const noTls = /:0A00010B:|:0A0000C6:/;

/** Node's words where the other side ends the connection instead of answering a greeting of TLS, as etcd does. */
const hungUp = /before secure TLS connection was established/;

/** The kind of a failure by its code. Unknown ones are a failed connection. */
export const whyOf = (error: unknown): Exclude<Why, 'refused-address'> => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const known = codes[code];
  if (known !== undefined) return known;
  if (code.startsWith('HPE_')) return 'not-http';
  const message = error instanceof Error ? error.message : '';
  if (code === 'EPROTO' && noTls.test(message)) return 'no-tls';
  if (code === 'ECONNRESET' && hungUp.test(message)) return 'no-tls';
  // OpenSSL's verification errors: CERT_HAS_EXPIRED, DEPTH_ZERO_SELF_SIGNED_CERT, UNABLE_TO_VERIFY_LEAF_SIGNATURE, …
  if (/CERT|UNABLE_TO|SELF_SIGNED|ERR_SSL|ERR_TLS|EPROTO/.test(code)) return 'no-trust';
  return 'no-connection';
};

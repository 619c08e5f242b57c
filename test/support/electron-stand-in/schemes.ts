// Custom schemes: Chromium cannot be taught one from outside, so `app://vault/x` is kept by the browser as
// `https://vault.app.stand-in.invalid/x`, a secure standard origin that no network answers. Translated both ways here.

export type Privileges = {
  readonly standard?: boolean;
  readonly secure?: boolean;
  readonly supportFetchAPI?: boolean;
};

const suffix = 'stand-in.invalid';
const registered = new Map<string, Privileges>();
const builtIn = new Set([
  'http',
  'https',
  'file',
  'data',
  'blob',
  'about',
  'chrome',
  'devtools',
  'javascript',
  'ws',
  'wss',
]);

export const registerScheme = (scheme: string, privileges: Privileges): void => {
  registered.set(scheme, privileges);
};
export const privilegesOf = (scheme: string): Privileges => registered.get(scheme) ?? {};
/** How the hosts end that stand for schemes which `fetch` may not use. */
export const unfetchableHosts = (): string[] =>
  [...registered]
    .filter(([, { supportFetchAPI }]) => supportFetchAPI !== true)
    .map(([scheme]) => `.${scheme}.${suffix}`);

/** `app://vault/x` → the address under which the browser knows it; other addresses unchanged. */
export const toBrowserUrl = (url: string): string => {
  const match = /^([a-z][a-z0-9+.-]*):(?:\/\/)?([^/?#]*)(.*)$/is.exec(url);
  if (!match) return url;
  const [, scheme = '', host = '', rest = ''] = match;
  if (builtIn.has(scheme.toLowerCase())) return url;
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return `https://${host === '' ? 'none' : host}.${scheme.toLowerCase()}.${suffix}${path}`;
};

/** The address that the app knows; addresses that are not ours unchanged. */
export const toAppUrl = (url: string): string => {
  const match = /^https:\/\/([^/?#]*)\.([a-z][a-z0-9+-]*)\.stand-in\.invalid(.*)$/is.exec(url);
  if (!match) return url;
  const [, host = '', scheme = '', rest = ''] = match;
  return `${scheme}://${host === 'none' ? '' : host}${rest}`;
};

/** The custom scheme of a browser address, or undefined. */
export const customSchemeOf = (url: string): string | undefined => {
  const scheme = /^([a-z][a-z0-9+-]*):/i.exec(toAppUrl(url))?.[1]?.toLowerCase();
  return scheme === undefined || builtIn.has(scheme) ? undefined : scheme;
};

/** An origin as Electron reports it: `app://vault`, or `null` in letters where there is none. */
export const toAppOrigin = (origin: string): string => {
  if (origin === '' || origin === '://' || origin === 'null') return 'null';
  return toAppUrl(origin).replace(/\/$/, '');
};

/** A Content-Security-Policy that names the custom scheme has to name the browser's address instead. */
export const toBrowserPolicy = (policy: string): string =>
  policy
    .split(';')
    .map((directive) =>
      directive
        .split(/\s+/)
        .map((word) => {
          const scheme = /^([a-z][a-z0-9+-]*):(?:\/\/(.*))?$/i.exec(word);
          if (!scheme || builtIn.has((scheme[1] ?? '').toLowerCase())) return word;
          return scheme[2] ? toBrowserUrl(word).replace(/\/$/, '') : `https://*.${scheme[1] ?? ''}.${suffix}`;
        })
        .join(' '),
    )
    .join(';');

// The app's own scheme. A page is looked up by its exact address in a list made from the build's output at start: nothing
// of an address is ever joined to a path, so there is no way out of the folder. Never file://.

export const scheme = 'app';
export const vaultHost = 'vault';
export const aboutHost = 'about';
export const vaultOrigin = `${scheme}://${vaultHost}`;
export const aboutOrigin = `${scheme}://${aboutHost}`;

/** Registered before the app is ready, once. No fetch API: pages talk through the bridge alone. */
export const schemePrivileges = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: false, codeCache: true },
} as const;

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "worker-src 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const commonHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), display-capture=(), clipboard-read=(), clipboard-write=()',
};

const mimeTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

export type Served = { readonly file: string; readonly mime: string };
export type Manifest = ReadonlyMap<string, Served>;

/**
 * Makes the list of what is served.
 * @param root absolute folder of the built pages
 * @param files paths below it, with `/` between folders; kinds that are not known (source maps) are left out
 */
export const buildManifest = (root: string, files: readonly string[]): Manifest => {
  const entries = files.flatMap((path): readonly (readonly [string, Served])[] => {
    const mime = mimeTypes[path.slice(path.lastIndexOf('.') + 1)];
    return mime === undefined ? [] : [[`/${path}`, { file: `${root}/${path}`, mime }]];
  });
  return new Map(entries);
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: string | null;
};

const refuse = (status: number): Answer => ({ status, headers: commonHeaders, file: null });

/** Decides on one request: method, host, then the list. */
export const answerRequest = (
  request: { readonly method: string; readonly url: string },
  host: string,
  manifest: Manifest,
): Answer => {
  if (request.method !== 'GET') return refuse(405);
  const url = URL.parse(request.url);
  if (url === null || url.protocol !== `${scheme}:` || url.host !== host) return refuse(404);
  const served = manifest.get(url.pathname);
  if (served === undefined) return refuse(404);
  return { status: 200, headers: { ...commonHeaders, 'Content-Type': served.mime }, file: served.file };
};

/**
 * The handler for `session.protocol.handle`.
 * @param readFile reads one file of the list
 */
export const serveApp =
  (host: string, manifest: Manifest, readFile: (path: string) => Promise<Uint8Array<ArrayBuffer>>) =>
  async (request: { readonly method: string; readonly url: string }): Promise<Response> => {
    const answer = answerRequest(request, host, manifest);
    if (answer.file === null) return new Response(null, { status: answer.status, headers: answer.headers });
    try {
      return new Response(await readFile(answer.file), { status: 200, headers: answer.headers });
    } catch {
      return new Response(null, { status: 500, headers: commonHeaders });
    }
  };

// Every request of every page stops here once: navigations are put before the window, webRequest's listeners are asked,
// custom schemes are answered by their handler, the rest goes on to the network as it would in Electron.
import type { Fields } from './cdp.ts';
import { pageOfFrame, type Page } from './page.ts';
import { customSchemeOf, toAppUrl, toBrowserPolicy, toBrowserUrl } from './schemes.ts';
import { session as sessions, type Session } from './session.ts';
import { cdp } from './state.ts';

/** What a window adds to its page so that the network can ask it. */
export type Gate = {
  readonly id: number;
  readonly session: Session;
  /** False stops the navigation. */
  readonly mayNavigate: (frameId: string, url: string, isRedirect: boolean) => boolean;
  readonly failLoad: (frameId: string, error: string) => void;
};

export const gates = new WeakMap<Page, Gate>();

const types: Readonly<Record<string, string>> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  Media: 'media',
  XHR: 'xhr',
  Fetch: 'xhr',
  WebSocket: 'webSocket',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
};

const toHeaders = (list: unknown): Record<string, string[]> => {
  const headers: Record<string, string[]> = {};
  for (const { name, value } of (list ?? []) as { name: string; value: string }[])
    (headers[name] ??= []).push(value);
  return headers;
};
const toList = (
  headers: Readonly<Record<string, string | readonly string[]>>,
): { name: string; value: string }[] =>
  Object.entries(headers).flatMap(([name, values]) =>
    (typeof values === 'string' ? [values] : values).map((value) => ({
      name,
      value: /^content-security-policy/i.test(name) ? toBrowserPolicy(value) : value,
    })),
  );

const fail = (requestId: unknown, errorReason: string): Promise<Fields> =>
  cdp().send('Fetch.failRequest', { requestId, errorReason });

const describe = (paused: Fields, page: Page | undefined, gate: Gate | undefined): Fields => {
  const request = paused['request'] as Fields;
  const type = String(paused['resourceType']);
  const isMain = page?.targetId === paused['frameId'];
  const frame = page?.frames.get(String(paused['frameId']));
  return {
    id: paused['networkId'] ?? paused['requestId'],
    url: toAppUrl(String(request['url'])),
    method: request['method'],
    resourceType: type === 'Document' && !isMain ? 'subFrame' : (types[type] ?? 'other'),
    referrer: toAppUrl(String((request['headers'] as Fields)['Referer'] ?? '')),
    timestamp: Date.now(),
    ...(gate ? { webContentsId: gate.id } : {}),
    ...(frame ? { frame } : {}),
  };
};

/** Asks the scheme's handler and answers the page with what it says. */
const answer = async (paused: Fields, details: Fields, owner: Session, scheme: string): Promise<void> => {
  const { requestId } = paused;
  const request = paused['request'] as Fields;
  const handler = owner.protocol.handlers.get(scheme);
  const gate = gates.get(pageOfFrame.get(String(paused['frameId'])) as Page);
  if (!handler) {
    gate?.failLoad(String(paused['frameId']), 'ERR_UNKNOWN_URL_SCHEME');
    await fail(requestId, 'Failed');
    return;
  }
  const body = request['postData'] === undefined ? {} : { body: String(request['postData']) };
  const asked = new Request(String(details['url']), {
    method: String(request['method']),
    headers: request['headers'] as Record<string, string>,
    ...body,
  });
  const response = await handler(asked);
  if (response.type === 'error') throw new Error('the handler answered with a network error');
  const listed: Record<string, string[]> = {};
  for (const [name, value] of response.headers) (listed[name] ??= []).push(value);
  const seen = { ...details, responseHeaders: listed, statusCode: response.status, statusLine: '' };
  const changed = await owner.webRequest.ask('headers', seen);
  if (changed['cancel']) {
    await fail(requestId, 'BlockedByClient');
    return;
  }
  await cdp().send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responseHeaders: toList((changed['responseHeaders'] as Record<string, string[]> | undefined) ?? listed),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  });
  owner.webRequest.tell('completed', { ...seen, fromCache: false, error: 'net::OK' });
};

const onResponse = async (paused: Fields, details: Fields, owner: Session): Promise<void> => {
  const { requestId } = paused;
  const responseHeaders = toHeaders(paused['responseHeaders']);
  const statusCode = Number(paused['responseStatusCode']);
  const changed = await owner.webRequest.ask('headers', {
    ...details,
    responseHeaders,
    statusCode,
    statusLine: '',
  });
  if (changed['cancel']) await fail(requestId, 'BlockedByClient');
  else if (changed['responseHeaders'] === undefined)
    await cdp().send('Fetch.continueResponse', { requestId });
  else {
    const headers = toList(changed['responseHeaders'] as Record<string, string[]>);
    await cdp().send('Fetch.continueResponse', {
      requestId,
      responseCode: statusCode,
      responseHeaders: headers,
    });
  }
};

type Stop = Promise<Fields> | undefined;
type Asked = {
  readonly paused: Fields;
  readonly details: Fields;
  readonly gate: Gate | undefined;
  readonly owner: Session;
  /** The custom scheme of the address, or undefined. */
  readonly scheme: string | undefined;
};

/** A navigation that the window does not want, and what Chromium asks for of its own accord and Electron does not. */
const stopUnwanted = ({ paused, details, gate, scheme }: Asked): Stop => {
  const { requestId, resourceType } = paused;
  const url = String(details['url']);
  if (resourceType === 'Document' && gate) {
    const isRedirect = paused['redirectedRequestId'] !== undefined;
    if (!gate.mayNavigate(String(paused['frameId']), url, isRedirect)) return fail(requestId, 'Aborted');
  }
  if (scheme !== undefined && resourceType === 'Other' && url.endsWith('/favicon.ico')) {
    return cdp().send('Fetch.fulfillRequest', { requestId, responseCode: 404 });
  }
  return undefined;
};

const stopByListener = async ({ paused, details, gate, owner }: Asked): Promise<boolean> => {
  const { requestId } = paused;
  const decision = await owner.webRequest.ask('before', details);
  if (decision['cancel']) {
    gate?.failLoad(String(paused['frameId']), 'ERR_BLOCKED_BY_CLIENT');
    owner.webRequest.tell('error', { ...details, error: 'net::ERR_BLOCKED_BY_CLIENT', fromCache: false });
    await fail(requestId, 'BlockedByClient');
    return true;
  }
  if (decision['redirectURL'] === undefined) return false;
  const responseHeaders = [{ name: 'Location', value: toBrowserUrl(String(decision['redirectURL'])) }];
  await cdp().send('Fetch.fulfillRequest', { requestId, responseCode: 307, responseHeaders });
  return true;
};

const passOn = async ({ paused, details, owner }: Asked): Promise<void> => {
  const { requestId } = paused;
  const { headers } = paused['request'] as Fields;
  const sent = await owner.webRequest.ask('send-headers', { ...details, requestHeaders: headers as Fields });
  if (sent['cancel']) {
    await fail(requestId, 'BlockedByClient');
    return;
  }
  const changed = sent['requestHeaders'] as Record<string, string> | undefined;
  await cdp().send('Fetch.continueRequest', {
    requestId,
    interceptResponse: owner.webRequest.has('headers'),
    ...(changed ? { headers: toList(changed) } : {}),
  });
};

const onRequest = async (paused: Fields): Promise<void> => {
  const page = pageOfFrame.get(String(paused['frameId']));
  const gate = page && gates.get(page);
  const owner = gate?.session ?? sessions.defaultSession;
  const details = describe(paused, page, gate);
  if (paused['responseStatusCode'] !== undefined) return onResponse(paused, details, owner);
  const scheme = customSchemeOf(String((paused['request'] as Fields)['url']));
  const asked: Asked = { paused, details, gate, owner, scheme };
  const stopped = stopUnwanted(asked);
  if (stopped !== undefined) return void (await stopped);
  if (await stopByListener(asked)) return undefined;
  const plain = scheme ?? /^[a-z]+/.exec(String(details['url']))?.[0] ?? '';
  return scheme !== undefined || owner.protocol.handlers.has(plain)
    ? answer(paused, details, owner, plain)
    : passOn(asked);
};

/** Watches all requests of the browser from now on. */
export const watchNetwork = async (): Promise<void> => {
  cdp().on('Fetch.requestPaused', (paused) => {
    onRequest(paused).catch((error: unknown) => {
      // A handler that throws is a failed load, as in Electron; a page that is gone is nothing.
      if (process.env['KEYTURN_STAND_IN_LOG'] !== undefined) console.error('stand-in, network:', error);
      cdp().tell('Fetch.failRequest', { requestId: paused['requestId'], errorReason: 'Failed' });
    });
  });
  await cdp().send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
};

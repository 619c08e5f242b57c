// session.webRequest: one listener per event, as in Electron, with URL filters; asked by network.ts.
import { toAppUrl } from './schemes.ts';
import type { Fields } from './cdp.ts';

type Respond = (response: Fields) => void;
type Asking = (details: Fields, callback: Respond) => void;
type Telling = (details: Fields) => void;
type Filter = {
  readonly urls: readonly string[];
  readonly excludeUrls?: readonly string[];
  readonly types?: readonly string[];
};
type Entry = { readonly filter: Filter | undefined; readonly listener: Asking };

/** A match pattern (`*://*.example.com/*`, `<all_urls>`) as a regular expression. */
const toPattern = (pattern: string): RegExp => {
  if (pattern === '<all_urls>') return /./;
  const text = pattern
    .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replace(/^\*:/, '[a-z][a-z0-9+.-]*:');
  return new RegExp(
    `^${text.replace(String.raw`*\.`, String.raw`(?:[^/]*\.)?`).replaceAll('*', '.*')}$`,
    'i',
  );
};

const matches = (filter: Filter | undefined, url: string, type: string): boolean => {
  if (!filter) return true;
  if (filter.types && !filter.types.includes(type)) return false;
  if (filter.excludeUrls?.some((pattern) => toPattern(pattern).test(url))) return false;
  return filter.urls.length === 0 || filter.urls.some((pattern) => toPattern(pattern).test(url));
};

export class WebRequest {
  readonly #entries = new Map<string, Entry>();

  onBeforeRequest(...parts: unknown[]): void {
    this.#set('before', parts);
  }
  onBeforeSendHeaders(...parts: unknown[]): void {
    this.#set('send-headers', parts);
  }
  onHeadersReceived(...parts: unknown[]): void {
    this.#set('headers', parts);
  }
  onCompleted(...parts: unknown[]): void {
    this.#set('completed', parts);
  }
  onErrorOccurred(...parts: unknown[]): void {
    this.#set('error', parts);
  }

  #set(name: string, parts: unknown[]): void {
    const [first, second] = parts;
    const listener = (typeof first === 'function' || first === null ? first : second) as
      Asking | null | undefined;
    if (listener === null || listener === undefined) this.#entries.delete(name);
    else
      this.#entries.set(name, {
        listener,
        filter: typeof first === 'function' ? undefined : (first as Filter),
      });
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The listener's answer, or `{}` where no listener wants to know. */
  ask(name: string, details: Fields): Promise<Fields> {
    const entry = this.#entries.get(name);
    const type = String(details['resourceType']);
    if (!entry || !matches(entry.filter, toAppUrl(String(details['url'])), type)) return Promise.resolve({});
    return new Promise((resolve) => entry.listener(details, (response) => resolve(response ?? {})));
  }

  tell(name: string, details: Fields): void {
    const entry = this.#entries.get(name);
    if (entry && matches(entry.filter, String(details['url']), String(details['resourceType']))) {
      (entry.listener as Telling)(details);
    }
  }
}

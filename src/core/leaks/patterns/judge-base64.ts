// Unknown keys in base64: a run of it that holds a text with a key, such as a value of a Kubernetes secret, `Authorization: Basic`, a login of
// Docker. A run is looked into where it begins like a known key, or stands where a secret is announced; everything else would be guessing.
import type { UnknownMatch } from '../matching.ts';
import { bytesOfBase64 } from './encoded-value.ts';

/** What is looked into of one run; aligned, since a run begins with a group. */
const longestRun = 16_000;
const shortestRun = 16;
/** So many characters at the beginning must be those of a text. */
const judgedText = 24;

const isOfRun = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x2b ||
  byte === 0x2f ||
  byte === 0x2d ||
  byte === 0x5f;

const endOfRun = (bytes: Uint8Array, at: number): number => {
  let end = at;
  const most = Math.min(bytes.length, at + longestRun);
  while (end < most && isOfRun(bytes[end] ?? 0)) end += 1;
  return end;
};

const isText = (bytes: Uint8Array): boolean =>
  bytes.subarray(0, judgedText).every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13);

export type Base64Judge = (bytes: Uint8Array, at: number) => UnknownMatch | null;

/** @param search looks for keys in what a run holds */
export const createBase64Judge =
  (search: (bytes: Uint8Array) => readonly UnknownMatch[]): Base64Judge =>
  (bytes, at) => {
    const end = endOfRun(bytes, at);
    if (end - at < shortestRun || isOfRun(bytes[at - 1] ?? 0)) return null;
    const run = bytes.subarray(at, end);
    const text = bytesOfBase64(run);
    try {
      const [found] = isText(text) ? search(text) : [];
      if (found === undefined) return null;
      const encoding = run.includes(0x2d) || run.includes(0x5f) ? 'base64url' : 'base64';
      const within = { start: found.start, end: found.end };
      return { what: 'unknown', pattern: found.pattern, start: at, end, encoding, within };
    } finally {
      text.fill(0);
    }
  };

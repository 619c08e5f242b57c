// The ways in which a text may stand in a file without being seen at once: encodings, cases, directions, plain hashes.
import { createHash } from 'node:crypto';

const hashes = ['md5', 'sha1', 'sha256', 'sha512', 'blake2b512', 'blake2s256'] as const;
/** A hash that was cut still shows in so many digits. */
const cutTo = 16;

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** The middle of a base64 text: the same at every of the three places at which the bytes may begin. */
const base64Of = (bytes: Buffer): readonly string[] =>
  [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const middle = encoded.slice(offset === 0 ? 0 : 4, -4);
    return middle.length < 6 ? [] : [middle, middle.replaceAll('+', '-').replaceAll('/', '_')];
  });

/** Bytes to look for. */
export const spellings = (text: string): readonly Buffer[] => {
  const bytes = Buffer.from(text, 'utf8');
  const texts = [
    text,
    text.toLowerCase(),
    text.toUpperCase(),
    text.normalize('NFD'),
    [...text].toReversed().join(''),
    encodeURIComponent(text),
    JSON.stringify(text).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64Of(bytes),
    ...base64Of(utf16(text)),
  ];
  const digests = hashes.flatMap((name) => {
    const digest = createHash(name).update(bytes).digest();
    return [digest.toString('hex').slice(0, cutTo), digest.toString('base64').slice(0, cutTo)];
  });
  return [...[...texts, ...digests].map((each) => Buffer.from(each, 'utf8')), utf16(text)].filter(
    ({ length }) => length > 4,
  );
};

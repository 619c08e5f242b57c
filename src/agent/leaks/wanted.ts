// Which values are looked for, and whose each slot is: every secret field of every version of every key, and of values that a turn has made
// and not yet put in place. What a provider means for the public, and what only identifies, is no secret.
import type { RecordId } from '../../core/model/ids.ts';
import type { KeyVersion } from '../../core/model/key.ts';
import type { Book, HeldKey } from '../../core/keys/book.ts';
import { fitsFormat } from '../../core/providers/pattern.ts';
import type { ProviderDefinition } from '../../core/providers/provider.ts';
import { readVersion } from '../handlers/key-values.ts';
import type { Session } from '../session.ts';

/** Whose a slot is. */
export type SlotOwner = {
  readonly keyId: RecordId;
  readonly versionId: RecordId;
  readonly field: string;
};

type WantedVersion = { readonly held: HeldKey; readonly version: KeyVersion };

const pendingOf = (book: Book, held: HeldKey): readonly WantedVersion[] =>
  book
    .turnsOf(held.id)
    .flatMap(({ body }) =>
      body.pending === null || body.outcome !== null ? [] : [{ held, version: body.pending }],
    );

const wantedVersions = (book: Book): readonly WantedVersion[] =>
  [...book.keys.values()].flatMap((held) => {
    if (held.body.removedAtMs !== null) return [];
    const kept = held.body.versions.map((version) => ({ held, version }));
    const pending = pendingOf(book, held).filter(
      ({ version }) => !kept.some((each) => each.version.id === version.id),
    );
    return [...kept, ...pending];
  });

/** A publishable key, or an id that belongs to a key: not what a leak is about. */
const isPublic = (provider: ProviderDefinition | undefined, field: string, value: string): boolean =>
  provider?.formats.some(
    (format) => format.field === field && format.sensitivity !== 'secret' && fitsFormat(format, value),
  ) ?? false;

/** What decides which values are wanted, as one text: tables are made anew when it changes. */
export const wantedText = (book: Book): string =>
  wantedVersions(book)
    .map(({ held, version }) => {
      const fields = version.fields.filter(({ secret }) => secret).map(({ name }) => name);
      return `${held.id} ${version.id} ${fields.map((name) => version.fingerprints[name] ?? '').join(' ')}`;
    })
    .sort()
    .join('\n');

/**
 * Calls with each wanted value, opened one version at a time. A version that cannot be read is passed over: the vault tells of it elsewhere.
 * @param visit borrows the bytes, which are wiped afterwards
 */
export const eachWanted = (session: Session, visit: (owner: SlotOwner, value: Uint8Array) => void): void => {
  const book = session.book();
  for (const { held, version } of wantedVersions(book)) {
    const { provider: id } = held.body;
    const provider = id === null ? undefined : book.catalogue().find(id);
    const values = readVersion(session, version);
    if (!values.ok) continue;
    for (const [field, value] of Object.entries(values.value)) {
      if (value === '' || isPublic(provider, field, value)) continue;
      const bytes = new TextEncoder().encode(value);
      visit({ keyId: held.id, versionId: version.id, field }, bytes);
      bytes.fill(0);
    }
  }
};

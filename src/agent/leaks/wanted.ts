// Which values are looked for, and whose each slot is: every secret field of every version of every key, and of values that a turn has made
// and not yet put in place. What a provider means for the public, and what only identifies, is no secret.
import type { RecordId } from '../../core/model/ids.ts';
import type { KeyVersion } from '../../core/model/key.ts';
import { currentVersion, type Book, type HeldKey } from '../../core/keys/book.ts';
import type { WantedValue } from '../../core/leaks/session-windows.ts';
import { fitsFormat } from '../../core/providers/pattern.ts';
import type { OutsideDocument } from '../../core/providers/outside-catalogue.ts';
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

/** Current ones first: where two versions have the same value, a match is of the first. */
const wantedVersions = (book: Book): readonly WantedVersion[] => {
  const held = [...book.keys.values()].filter(({ body }) => body.removedAtMs === null);
  const current = held.map((each) => ({ held: each, version: currentVersion(each.body) }));
  const pending = held.flatMap((each) => pendingOf(book, each));
  const earlier = held.flatMap((each) =>
    each.body.versions.slice(0, -1).map((version) => ({ held: each, version })),
  );
  const seen = new Set<RecordId>();
  return [...current, ...pending, ...earlier].filter(({ version }) => {
    const isNew = !seen.has(version.id);
    seen.add(version.id);
    return isNew;
  });
};

type Fitting = { readonly isPublic: boolean; readonly publicLength: number; readonly isOfFormat: boolean };

/** What the provider's formats say of a value: a publishable key, or an id that belongs to one, is not what a leak is about. */
const fitting = (provider: ProviderDefinition | undefined, field: string, value: string): Fitting => {
  const formats = (provider?.formats ?? []).filter(
    (format) => format.field === field && fitsFormat(format, value),
  );
  return {
    isPublic: formats.some(({ sensitivity }) => sensitivity !== 'secret'),
    publicLength: Math.max(0, ...formats.map(({ publicLength }) => publicLength)),
    isOfFormat: formats.some(({ match }) => match === 'prefix'),
  };
};

/** Definitions of providers that the vault adds to those that are built in. */
export const documentsOf = (book: Book): readonly OutsideDocument[] =>
  [...book.ownProviders.values()].map(({ body }) => body);

/** What decides which values are looked for, known and unknown, as one text: tables are made anew when it changes. */
export const wantedText = (book: Book): string =>
  [
    ...wantedVersions(book)
      .map(({ held, version }) => {
        const fields = version.fields.filter(({ secret }) => secret).map(({ name }) => name);
        return `${held.id} ${version.id} ${fields.map((name) => version.fingerprints[name] ?? '').join(' ')}`;
      })
      .sort(),
    ...documentsOf(book).map(({ definition }) => definition),
  ].join('\n');

/** `isOfFormat`: a provider's format says that it is random. Of others it has to be estimated how much there is to guess. */
export type FoundValue = WantedValue & { readonly isOfFormat: boolean };

/** Values with whose they are, by slot. */
export type WantedValues = {
  readonly owners: readonly SlotOwner[];
  readonly values: readonly FoundValue[];
  readonly wipe: () => void;
};

/** Opens every wanted value, one version at a time. A version that cannot be read is passed over: the vault tells of it elsewhere. */
export const collectWanted = (session: Session): WantedValues => {
  const book = session.book();
  const owners: SlotOwner[] = [];
  const values: FoundValue[] = [];
  for (const { held, version } of wantedVersions(book)) {
    const { provider: id } = held.body;
    const provider = id === null ? undefined : book.catalogue().find(id);
    const opened = readVersion(session, version);
    if (!opened.ok) continue;
    for (const [field, value] of Object.entries(opened.value)) {
      const { isPublic, publicLength, isOfFormat } = fitting(provider, field, value);
      if (value === '' || isPublic) continue;
      values.push({
        slot: owners.length,
        bytes: new TextEncoder().encode(value),
        publicLength,
        isOfFormat,
      });
      owners.push({ keyId: held.id, versionId: version.id, field });
    }
  }
  return {
    owners,
    values,
    wipe: () => {
      for (const { bytes } of values) bytes.fill(0);
    },
  };
};

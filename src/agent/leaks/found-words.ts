// What the system's notice says of keys that were just pasted. It names them, so it is told only while the vault is unlocked.
import type { EventPayload } from '../../contract/events.ts';
import type { RecordId } from '../../core/model/ids.ts';
import type { Book } from '../../core/keys/book.ts';

type News = EventPayload<'leaks.changed'>['news'];

const mostIds = 200;

const shortPath = (path: string): string => (path.length <= 80 ? path : `…${path.slice(-79)}`);

/** One notice for all of them; null where there is nothing to tell. */
export const newsOf = (book: Book, ids: readonly RecordId[]): News => {
  const found = ids.flatMap((id) => book.findings.get(id) ?? []);
  const [first] = found;
  if (first === undefined) return null;
  const held = first.body.keyId === null ? undefined : book.keys.get(first.body.keyId);
  const provider = first.body.provider === null ? undefined : book.catalogue().find(first.body.provider);
  const name = held?.body.name ?? (provider === undefined ? 'An unknown key' : `A key of ${provider.name}`);
  const others = found.length - 1;
  const more = others === 0 ? '' : ` and ${String(others)} more ${others === 1 ? 'place' : 'places'}`;
  return {
    title: `${name} was pasted`,
    body: `Into ${shortPath(first.body.place.path)}${more}. Open it to see what can be done.`,
    ids: ids.slice(0, mostIds),
  };
};

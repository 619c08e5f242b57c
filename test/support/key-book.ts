// A vault's records without a vault: applies changes to a map as the vault would, so that the domain is tested alone and fast.
import { blake2bHex } from './tiny-hash.ts';
import type { Book } from '../../src/core/keys/book.ts';
import { openBook, type OpenedBook } from '../../src/core/keys/live-book.ts';
import type { Edit, Work } from '../../src/core/keys/edit.ts';
import type { Result } from '../../src/core/model/result.ts';
import { findProvider } from '../../src/core/providers/catalogue.ts';
import type { AuditInput, MetaRecord } from '../../src/core/vault/vault-types.ts';

export type Desk = {
  readonly records: Map<string, MetaRecord>;
  readonly secrets: Map<string, string>;
  readonly audit: AuditInput[];
  readonly book: () => Book;
  readonly work: (over?: Partial<Work>) => Work;
  /** Applies a change, as the vault would; fails the test where it is an error or a conflict. */
  readonly apply: <T>(edit: Result<Edit<T>>) => T;
};

export const noon = Date.UTC(2026, 10, 22, 12);

export const newDesk = (): Desk => {
  const records = new Map<string, MetaRecord>();
  const secrets = new Map<string, string>();
  const audit: AuditInput[] = [];
  const opened: OpenedBook = openBook(records);
  let ids = 0;
  const book = (): Book => {
    opened.update(records);
    return opened.book;
  };
  const work = (over: Partial<Work> = {}): Work => ({
    book: book(),
    newId: () => {
      ids += 1;
      return ids.toString(16).padStart(32, '0');
    },
    nowMs: noon,
    by: 'test',
    fingerprint: (bytes) => blake2bHex(bytes),
    provider: findProvider,
    secretRevision: (id) => (secrets.has(id) ? 1 : 0),
    ...over,
  });
  return {
    records,
    secrets,
    audit,
    book,
    work,
    apply: (edit) => {
      if (!edit.ok) throw new Error(`${edit.error.kind}: ${edit.error.message}`);
      for (const change of edit.value.changes) {
        if (change.table === 'secret') {
          if (change.op === 'delete') secrets.delete(change.id);
          else
            secrets.set(
              change.id,
              change.bytes.use((bytes) => new TextDecoder().decode(bytes)),
            );
          continue;
        }
        const revision = records.get(change.id)?.revision ?? 0;
        if (revision !== change.expected) throw new Error(`conflict on ${change.id}`);
        if (change.op === 'delete') records.delete(change.id);
        else
          records.set(change.id, {
            id: change.id,
            revision: revision + 1,
            body: structuredClone(change.body),
          });
      }
      audit.push(...edit.value.audit);
      return edit.value.value;
    },
  };
};

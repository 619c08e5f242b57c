// One unlocked vault and what lives only as long as it is open: the indexed book, drafts, import previews. Ended on lock;
// nothing of it may be kept beyond that.
import type { RecordId } from '../core/model/ids.ts';
import { ok, type Result } from '../core/model/result.ts';
import type { Clock } from '../core/ports.ts';
import type { Book } from '../core/keys/book.ts';
import { openBook } from '../core/keys/live-book.ts';
import type { Draft } from '../core/keys/draft.ts';
import type { DueWork } from '../core/keys/due/due-list.ts';
import type { Edit, Work } from '../core/keys/edit.ts';
import type { AuditInput, Change, OpenVault } from '../core/vault/vault-types.ts';
import { createAuditReader, type AuditReader } from './audit-reader.ts';
import { createHolder, type Holder } from './holder.ts';
import { createListeners } from './listeners.ts';
import type { HeldPreview } from './held-preview.ts';

export type Session = {
  readonly vault: OpenVault;
  readonly audit: AuditReader;
  readonly drafts: Holder<Draft>;
  readonly previews: Holder<HeldPreview>;
  readonly book: () => Book;
  /** What a change is computed from, now. @param by who does it, in words */
  readonly work: (by: string) => Work;
  /** What the due list is computed from, now. */
  readonly dueWork: () => DueWork;
  /** Commits in one transaction and wipes the secrets of the edit, whatever comes of it. */
  readonly commit: <T>(edit: Edit<T>) => Result<T>;
  /** Writes audit lines alone. */
  readonly note: (...lines: readonly AuditInput[]) => Result<undefined>;
  /** Picks up what another process wrote. */
  readonly refresh: () => Result<undefined>;
  /** Ended: any work that still runs must stop. */
  readonly ended: () => boolean;
  /** Told before it ends, while it can still be read and written; gives the way to forget it again. */
  readonly onEnding: (listener: () => void) => () => void;
  /** Told at once when it ends; gives the way to forget it again. */
  readonly onEnd: (listener: () => void) => () => void;
  readonly end: () => void;
};

/** Overwrites the secret bytes of changes that were committed or given up. */
export const wipeChanges = (changes: readonly Change[]): void => {
  for (const change of changes) if (change.op === 'put' && change.table === 'secret') change.bytes.wipe();
};

const maxDrafts = 20;
const maxPreviews = 5;

/** Takes ownership of the vault. @param onCounter told after each change, whoever made it */
export const openSession = (
  vault: OpenVault,
  clock: Clock,
  onCounter: (counter: number) => void,
): Session => {
  const opened = openBook(vault.records());
  let behind = false;
  let over = false;
  const endings = createListeners();
  const listeners = createListeners();

  const changed = (): void => {
    behind = true;
    onCounter(vault.counter());
  };

  const refresh = (): Result<undefined> => {
    const result = vault.refresh();
    if (!result.ok) return result;
    if (result.value.changed) changed();
    return ok(undefined);
  };

  const write = (changes: readonly Change[], audit: readonly AuditInput[]): Result<undefined> => {
    const result = vault.commit(changes, audit);
    if (result.ok) changed();
    else if (result.error.kind === 'conflict') refresh();
    return result.ok ? ok(undefined) : result;
  };

  const currentBook = (): Book => {
    if (behind) opened.update(vault.records());
    behind = false;
    return opened.book;
  };

  const drafts = createHolder<Draft>(maxDrafts, () => undefined);
  const previews = createHolder<HeldPreview>(maxPreviews, (preview) => {
    preview.wipe();
  });

  return {
    vault,
    audit: createAuditReader(vault),
    drafts,
    previews,
    book: currentBook,
    work: (by) => ({
      book: currentBook(),
      newId: (): RecordId => vault.newId(),
      nowMs: clock.nowMs(),
      by,
      fingerprint: (bytes) => vault.fingerprint(bytes),
      provider: (id) => currentBook().catalogue().find(id),
      secretRevision: (id) => vault.secretRevision(id),
    }),
    dueWork: () => ({
      book: currentBook(),
      nowMs: clock.nowMs(),
      fingerprint: (bytes) => vault.fingerprint(bytes),
    }),
    commit: (edit) => {
      if (edit.changes.length === 0 && edit.audit.length === 0) return ok(edit.value);
      try {
        const result = write(edit.changes, edit.audit);
        return result.ok ? ok(edit.value) : result;
      } finally {
        wipeChanges(edit.changes);
      }
    },
    note: (...lines) => write([], lines),
    refresh,
    ended: () => over,
    onEnding: endings.add,
    onEnd: listeners.add,
    end: () => {
      try {
        endings.tell();
      } finally {
        over = true;
        listeners.tell();
        drafts.clear();
        previews.clear();
        vault.close();
      }
    },
  };
};

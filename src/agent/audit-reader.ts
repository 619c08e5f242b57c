// The audit trail as others see it, and the part of it that is about one key. Opened lines are remembered while the vault is
// open, since every look at a key asks for its history.
import { ok, type Result } from '../core/model/result.ts';
import type { AuditEntry, OpenVault } from '../core/vault/vault-types.ts';

/** The contract's auditEntry. */
export type AuditView = {
  readonly seq: number;
  readonly atMs: number;
  readonly event: string;
  readonly keyId: string | null;
  readonly keyName: string | null;
  readonly by: string;
  readonly detail: string;
};

export type AuditReader = {
  /** Newest first, below sequence `before`. */
  readonly list: (limit: number, before?: number) => Result<AuditView[]>;
  /** About one key, newest first. */
  readonly ofKey: (keyId: string, limit: number) => Result<AuditView[]>;
};

const pageSize = 500;
/** History looks back this far: older lines are in the whole trail. */
const remembered = 20_000;

const describe = (detail: AuditEntry['detail']): string => {
  if (detail === undefined) return '';
  const { what, name: _name, ...others } = detail;
  const words = Object.entries(others).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [...(typeof what === 'string' ? [what] : []), ...words].join(', ');
};

const view = (entry: AuditEntry): AuditView => {
  const name = entry.detail?.['name'];
  return {
    seq: entry.sequence,
    atMs: entry.atMs,
    event: entry.event,
    keyId: entry.keyId ?? null,
    keyName: typeof name === 'string' ? name : null,
    by: entry.by,
    detail: describe(entry.detail),
  };
};

export const createAuditReader = (vault: OpenVault): AuditReader => {
  let known: AuditView[] = [];

  /** Reads from the newest line down to the newest known one. */
  const catchUp = (): Result<undefined> => {
    const newest = known[0]?.seq ?? 0;
    const fresh: AuditView[] = [];
    for (let before: number | undefined; fresh.length < remembered; before = fresh.at(-1)?.seq) {
      const page = vault.auditEntries(
        before === undefined ? { limit: pageSize } : { before, limit: pageSize },
      );
      if (!page.ok) return page;
      const lines = page.value.filter(({ sequence }) => sequence > newest).map(view);
      fresh.push(...lines);
      if (lines.length < pageSize) break;
    }
    if (fresh.length > 0) known = [...fresh, ...known].slice(0, remembered);
    return ok(undefined);
  };

  return {
    list: (limit, before) => {
      const page = vault.auditEntries(before === undefined ? { limit } : { before, limit });
      return page.ok ? ok(page.value.map(view)) : page;
    },
    ofKey: (keyId, limit) => {
      const caughtUp = catchUp();
      if (!caughtUp.ok) return caughtUp;
      return ok(known.filter((line) => line.keyId === keyId).slice(0, limit));
    },
  };
};

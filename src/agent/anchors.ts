// Remembers outside the vault how far it had come, and notices when an older copy stands in its place (docs/vault-format-v1.md §9.2). One
// small sealed file per vault and place. It never keeps anybody from opening a vault: it tells, and waits for a person to accept.
import { join } from 'node:path';
import { fail, type AppError } from '../core/model/app-error.ts';
import type { Aead, Clock, Files } from '../core/ports.ts';
import type { AnchorVerdict, AuditInput, OpenVault } from '../core/vault/vault-types.ts';
import { makeHome } from '../node/home-folder.ts';
import { sweepSiblings } from '../node/sweep-siblings.ts';

export type Anchors = {
  /** Compares an opened vault with what is remembered. Gives what the audit trail is to hear of it. */
  readonly open: (vault: OpenVault) => readonly AuditInput[];
  /** What a person must know of the open vault; null where it is the newest as far as can be told. */
  readonly problem: () => AppError | null;
  /** Remembers the open vault as it is now, unless it is in doubt. Cheap where nothing changed. */
  readonly keep: () => void;
  /** A person takes the open vault as the right one. False where there was no doubt. */
  readonly accept: () => boolean;
  /**
   * Forgets the open vault while its key is replaced, and remembers it again afterwards: killed in between, nothing is remembered, which
   * is no false alarm at the next unlock.
   */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Whoever puts another copy there on purpose ends what is remembered of that place. */
  readonly forget: (vaultId: string, path: string) => void;
  /** Remembers once more and lets go of the vault. */
  readonly close: () => void;
};

const maxBytes = 4_096;
const nameBytes = 16;
const fileMode = 0o600;

const next =
  'Put the newer copy back. Or, if this is the one you want, accept it: in the window, or with keyturn doctor --accept-older.';

const words: Readonly<Record<Exclude<AnchorVerdict['state'], 'newest'>, (missing: number) => string>> = {
  older: (missing) =>
    `This vault file is older than the last one Keyturn saw here: ${String(missing)} ${missing === 1 ? 'change is' : 'changes are'} missing.`,
  other: () =>
    'This vault file went another way than the last one Keyturn saw here: an older copy was put in its place and changed since, so later changes are missing.',
  foreign: () =>
    'This vault file is from before its key was replaced, or what Keyturn remembered of the newest one was changed.',
};

const problemOf = (verdict: AnchorVerdict, file: string): AppError | null => {
  if (verdict.state === 'newest') return null;
  const message = words[verdict.state](verdict.state === 'older' ? verdict.missing : 0);
  return fail('damaged', message, next, { file }).error;
};

type Parts = {
  readonly files: Files;
  readonly aead: Pick<Aead, 'hash'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly folder: string;
};

export const createAnchors = ({ files, aead, clock, folder }: Parts): Anchors => {
  let vault: OpenVault | null = null;
  let problem: AppError | null = null;
  let keptCounter = -1;
  let paused = false;

  const fileOf = (vaultId: string, path: string): string => {
    const hash = aead.hash(new TextEncoder().encode(`keyturn/anchor\0${vaultId}\0${path}`), nameBytes);
    return join(folder, `${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}.anchor`);
  };

  const verdictOn = (opened: OpenVault): AnchorVerdict => {
    const file = fileOf(opened.vaultId, opened.path);
    const bytes = files.exists(file) ? files.read(file, maxBytes) : null;
    if (bytes?.ok !== true) return { state: 'newest' };
    const verdict = opened.compareAnchor(bytes.value);
    // What is remembered was committed before: a process that read the file just before another one's commit looks once more.
    return verdict.state === 'older' && opened.refresh().ok ? opened.compareAnchor(bytes.value) : verdict;
  };

  /** A folder that cannot be written to must not keep a person from working: then nothing is remembered. */
  const write = (opened: OpenVault): void => {
    const bytes = opened.anchor();
    if (bytes === null || !makeHome(folder).ok) return;
    if (files.writeAtomic(fileOf(opened.vaultId, opened.path), bytes, fileMode).ok)
      keptCounter = opened.counter();
  };

  const keep = (): void => {
    if (vault === null || problem !== null || vault.counter() === keptCounter) return;
    // Another process may have remembered more already: what this one has not picked up yet is no reason to go back.
    if (paused || verdictOn(vault).state !== 'newest') return;
    write(vault);
  };

  return {
    open: (opened) => {
      // What a process that was killed while it remembered left beside the note.
      sweepSiblings(fileOf(opened.vaultId, opened.path), clock.nowMs(), 'plain');
      const verdict = verdictOn(opened);
      vault = opened;
      keptCounter = -1;
      problem = problemOf(verdict, opened.path);
      if (problem === null) return [];
      return [{ event: 'older-copy-opened', by: 'keyturn', detail: { what: problem.message } }];
    },
    problem: () => (vault === null ? null : problem),
    keep,
    accept: () => {
      if (vault === null || problem === null) return false;
      problem = null;
      write(vault);
      return true;
    },
    pause: () => {
      if (vault === null || problem !== null) return;
      paused = true;
      files.remove(fileOf(vault.vaultId, vault.path));
    },
    resume: () => {
      paused = false;
      if (vault !== null && problem === null) write(vault);
    },
    forget: (vaultId, path) => {
      files.remove(fileOf(vaultId, path));
    },
    close: () => {
      keep();
      vault = null;
      problem = null;
    },
  };
};

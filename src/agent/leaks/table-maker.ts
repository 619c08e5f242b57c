// Makes the tables by which the scanner knows values without having them: those of a session, under a key of their own that nobody keeps, and
// the lasting ones, in the guard's file. docs/fingerprints.md.
import type { Session } from '../session.ts';
import type { HomeFiles } from '../../node/home-folder.ts';
import type { VaultPorts } from '../../core/vault/vault-types.ts';
import type { SessionTables } from './connection.ts';
import { eachWanted, wantedText, type SlotOwner } from './wanted.ts';

export type TableMaker = {
  /** Tables of now; null where they cannot be made. */
  readonly session: () => SessionTables | null;
  /** Writes the lasting tables where what is wanted is not what they hold. */
  readonly lasting: () => void;
  readonly ownerOf: (generation: string, slot: number) => SlotOwner | null;
  /** Whether other values are wanted than those of the last tables. */
  readonly isBehind: () => boolean;
  /** Sentences: values that are too weak for one of the tables. */
  readonly warnings: () => readonly string[];
  readonly wipe: () => void;
};

type Parts = { readonly ports: VaultPorts; readonly files: HomeFiles; readonly session: Session };

export const createTableMaker = ({ session }: Parts): TableMaker => {
  let made = '';
  const slots = new Map<string, readonly SlotOwner[]>();
  return {
    session: () => {
      made = wantedText(session.book());
      const owners: SlotOwner[] = [];
      eachWanted(session, (owner) => owners.push(owner));
      return null;
    },
    lasting: () => undefined,
    ownerOf: (generation, slot) => slots.get(generation)?.[slot] ?? null,
    isBehind: () => wantedText(session.book()) !== made,
    warnings: () => [],
    wipe: () => slots.clear(),
  };
};

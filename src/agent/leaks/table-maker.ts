// Makes the tables by which the scanner knows values without having them: those of a session, under keys that are kept nowhere, and the
// lasting ones, in the guard's file. docs/fingerprints.md.
import { join } from 'node:path';
import { buildSessionTables } from '../../node/scan/tables.ts';
import type { HomeFiles } from '../../node/home-folder.ts';
import type { VaultPorts } from '../../core/vault/vault-types.ts';
import type { Session } from '../session.ts';
import type { SessionTables } from './connection.ts';
import { readSlots, type Slots } from './slots.ts';
import { collectWanted, wantedText, type SlotOwner, type WantedValues } from './wanted.ts';

export type TableMaker = {
  /** Tables of now. */
  readonly session: () => SessionTables;
  /** Writes the lasting tables where what is wanted is not what they hold. */
  readonly lasting: () => void;
  /** Of the values that are wanted now. */
  readonly generation: () => string;
  readonly ownerOf: (generation: string, slot: number) => SlotOwner | null;
  /** Whether other values are wanted than those of the last tables. */
  readonly isBehind: () => boolean;
  /** Sentences: values that are too weak for one of the tables. */
  readonly warnings: () => readonly string[];
  readonly wipe: () => void;
};

type Parts = { readonly ports: VaultPorts; readonly files: HomeFiles; readonly session: Session };

const mostNamed = 5;
const keptGenerations = 3;

const namesOf = (session: Session, owners: readonly SlotOwner[]): string => {
  const book = session.book();
  const names = [...new Set(owners.map(({ keyId }) => book.keys.get(keyId)?.body.name ?? 'a removed key'))];
  const rest = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
};

class Maker implements TableMaker {
  readonly #parts: Parts;
  #made = '';
  #slots = new Map<string, Slots>();
  #lastingSlots: Readonly<Record<string, Slots>> | null = null;
  #unsearchable: readonly SlotOwner[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  #gather(): WantedValues {
    return collectWanted(this.#parts.session);
  }

  /** Equal for equal values: what was read with one need not be read again with the other. */
  #generationOf(text: string): string {
    return this.#parts.session.vault.fingerprint(new TextEncoder().encode(`leak tables/1\n${text}`));
  }

  readonly generation = (): string => this.#generationOf(wantedText(this.#parts.session.book()));

  readonly session = (): SessionTables => {
    const { session, ports } = this.#parts;
    this.#made = wantedText(session.book());
    const generation = this.#generationOf(this.#made);
    const wanted = this.#gather();
    try {
      const { tables, unsearchable } = buildSessionTables(wanted.values, ports.random);
      // A scan that runs ends with the tables it began with.
      this.#slots = new Map([...[...this.#slots].slice(-keptGenerations), [generation, wanted.owners]]);
      this.#unsearchable = unsearchable.flatMap((slot) => wanted.owners[slot] ?? []);
      const valueKey = session.vault.leakKey('values');
      return { generation, head: JSON.stringify(tables.head), parts: [valueKey, ...tables.parts] };
    } finally {
      wanted.wipe();
    }
  };

  readonly lasting = (): void => undefined;

  readonly ownerOf = (generation: string, slot: number): SlotOwner | null =>
    (this.#slots.get(generation) ?? this.#lasting()[generation])?.[slot] ?? null;

  #lasting(): Readonly<Record<string, Slots>> {
    if (this.#lastingSlots === null) {
      const { ports, files, session } = this.#parts;
      const key = session.vault.leakKey('guard');
      this.#lastingSlots = readSlots(ports, join(files.home, 'guard.slots'), key);
      key.fill(0);
    }
    return this.#lastingSlots;
  }

  readonly isBehind = (): boolean => wantedText(this.#parts.session.book()) !== this.#made;

  readonly warnings = (): readonly string[] =>
    this.#unsearchable.length === 0 || this.#parts.session.ended()
      ? []
      : [`Too short or too plain to be looked for: ${namesOf(this.#parts.session, this.#unsearchable)}.`];

  readonly wipe = (): void => {
    this.#slots.clear();
    this.#lastingSlots = null;
  };
}

export const createTableMaker = (parts: Parts): TableMaker => new Maker(parts);

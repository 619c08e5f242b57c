// Makes the tables by which the scanner knows values without having them: those of a session, under keys that are kept nowhere, and the
// lasting ones, in the guard's file. docs/fingerprints.md.
import { setImmediate } from 'node:timers/promises';
import type { LastingValue } from '../../core/leaks/lasting-windows.ts';
import { readLasting, writeLasting } from '../../node/scan/lasting-file.ts';
import { buildLastingTables, wipeLasting } from '../../node/scan/lasting-tables.ts';
import { bitsJudge } from '../../node/password-strength.ts';
import { buildSessionTables } from '../../node/scan/tables.ts';
import type { HomeFiles } from '../../node/home-folder.ts';
import type { VaultPorts } from '../../core/vault/vault-types.ts';
import type { Session } from '../session.ts';
import type { SessionTables } from './connection.ts';
import { writeAdded } from '../scanning/added-providers.ts';
import { guardFile, slotFile } from '../scanning/guard-file.ts';
import { leftOf, readSlots, writeSlots, type Slot, type Slots } from './slots.ts';
import { collectWanted, documentsOf, wantedText, type SlotOwner, type WantedValues } from './wanted.ts';

export type TableMaker = {
  /** Tables of now. */
  readonly session: () => SessionTables;
  /** Writes the lasting tables where what is wanted is not what they hold; gives their generation. */
  readonly lasting: () => Promise<string>;
  /** Of the values that are wanted now. */
  readonly generation: () => string;
  readonly ownerOf: (generation: string, slot: number) => SlotOwner | null;
  /** Whether other values are wanted than those of the last tables. */
  readonly isBehind: () => boolean;
  /** Sentences: values that are too weak for one of the tables. */
  readonly warnings: () => readonly string[];
  readonly wipe: () => void;
};

type Estimated = { readonly values: readonly LastingValue[]; readonly owners: Slots };

/** Which value is a slot's, whatever the slot is. */
const valueOf = ({ versionId, field }: SlotOwner): string => `${versionId} ${field}`;

type Parts = { readonly ports: VaultPorts; readonly files: HomeFiles; readonly session: Session };

const mostNamed = 5;
const mostJudged = 300;
const mostGuardBytes = 256 * 1024 * 1024;
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
      const added = new TextEncoder().encode(writeAdded(documentsOf(session.book())));
      return { generation, head: JSON.stringify(tables.head), parts: [valueKey, added, ...tables.parts] };
    } finally {
      wanted.wipe();
    }
  };

  readonly lasting = async (): Promise<string> => {
    const { ports, files, session } = this.#parts;
    const generation = `lasting ${this.generation()}`;
    if (this.#hasLasting(generation)) return generation;
    const wanted = this.#gather();
    try {
      const { values, owners } = await this.#estimated(wanted);
      if (session.ended()) return generation;
      const { tables, weak, unsearchable } = buildLastingTables(values, ports.random, generation);
      const left = [...weak, ...unsearchable].flatMap((slot) => owners[slot] ?? []);
      this.#keepSlots(generation, owners, left);
      const bytes = writeLasting(tables);
      wipeLasting(tables);
      ports.files.writeAtomic(guardFile(files.home), bytes, 0o600);
      bytes.fill(0);
      return generation;
    } finally {
      wanted.wipe();
    }
  };

  #hasLasting(generation: string): boolean {
    const { ports, files } = this.#parts;
    const read = ports.files.read(guardFile(files.home), mostGuardBytes);
    if (!read.ok || this.#lasting()[generation] === undefined) return false;
    const tables = readLasting(read.value);
    if (!tables.ok) return false;
    wipeLasting(tables.value);
    return tables.value.generation === generation;
  }

  /**
   * How much there is to guess in what no provider made. Beyond some hundred that were not estimated before the rest counts as weak: that
   * takes long.
   */
  async #estimated({ values, owners }: WantedValues): Promise<Estimated> {
    const judge = bitsJudge();
    const before = new Map(
      Object.values(this.#lasting()).flatMap((slots) =>
        slots.flatMap((owner) => (owner.bits === undefined ? [] : [[valueOf(owner), owner.bits] as const])),
      ),
    );
    const known: Slot[] = [...owners];
    let judged = 0;
    const estimated: LastingValue[] = [];
    for (const value of values) {
      const owner = owners[value.slot];
      let bits = owner === undefined ? undefined : before.get(valueOf(owner));
      if (!value.isOfFormat && bits === undefined && judged < mostJudged && !this.#parts.session.ended()) {
        judged += 1;
        bits = await judge(new TextDecoder().decode(value.bytes));
        // Others want to be answered in between.
        await setImmediate();
      }
      if (owner !== undefined && bits !== undefined) known[value.slot] = { ...owner, bits };
      estimated.push({ ...value, estimateBits: value.isOfFormat ? null : (bits ?? 0) });
    }
    return { values: estimated, owners: known };
  }

  #keepSlots(generation: string, owners: Slots, left: Slots): void {
    const { ports, files, session } = this.#parts;
    const key = session.vault.leakKey('guard');
    writeSlots(ports, slotFile(files.home), key, generation, owners, left);
    key.fill(0);
    this.#lastingSlots = null;
  }

  readonly ownerOf = (generation: string, slot: number): SlotOwner | null => {
    const found = (this.#slots.get(generation) ?? this.#lasting()[generation])?.[slot];
    // Whose it is and no more: it goes into what is seen.
    return found === undefined
      ? null
      : { keyId: found.keyId, versionId: found.versionId, field: found.field };
  };

  #lasting(): Readonly<Record<string, Slots>> {
    if (this.#lastingSlots === null) {
      const { ports, files, session } = this.#parts;
      const key = session.vault.leakKey('guard');
      this.#lastingSlots = readSlots(ports, slotFile(files.home), key);
      key.fill(0);
    }
    return this.#lastingSlots;
  }

  readonly isBehind = (): boolean => wantedText(this.#parts.session.book()) !== this.#made;

  readonly warnings = (): readonly string[] => {
    const { session } = this.#parts;
    if (session.ended()) return [];
    const left = this.#lasting()[leftOf(`lasting ${this.generation()}`)] ?? [];
    const weak = left.filter(
      ({ versionId }) => !this.#unsearchable.some((each) => each.versionId === versionId),
    );
    const say = (words: string, owners: readonly SlotOwner[]): readonly string[] =>
      owners.length === 0 ? [] : [`${words}: ${namesOf(session, owners)}.`];
    return [
      ...say('Too short or too plain to be looked for', this.#unsearchable),
      ...say('Too weak to be looked for while the vault is locked, with less than 80 bits to guess', weak),
    ];
  };

  readonly wipe = (): void => {
    this.#slots.clear();
    this.#lastingSlots = null;
  };
}

export const createTableMaker = (parts: Parts): TableMaker => new Maker(parts);

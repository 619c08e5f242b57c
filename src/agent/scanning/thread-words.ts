// What the scanner and its threads say to each other. Structured clone: memory that is shared stays shared. No message holds a value.
import type { NotRead } from '../../core/leaks/matching.ts';
import type { PlacedTables } from '../../node/scan/placed-tables.ts';
import type { Sighting } from '../../node/scan/source.ts';
import type { SharedIndex } from '../../node/scan/file-index.ts';
import type { FileGroup } from '../../node/scan/walk.ts';
import type { PlaceKind } from '../../core/model/finding.ts';

/** With what a thread matches. */
export type ThreadEyes = {
  readonly memory: WebAssembly.Memory;
  /** Null: unknown values alone. */
  readonly placed: PlacedTables | null;
  /** Address of `matcherRoomBytes` of this thread's own. */
  readonly room: number;
  /** 32 bytes: tells unknown values apart. */
  readonly valueKey: Uint8Array;
  /** Definitions of providers that the vault adds to those that are built in; '' for none. */
  readonly added: string;
};

/** Given at its start. */
export type ThreadSetup = {
  /** [0]: 0 go on, 1 wait, 2 stop what is being done. Shared by the threads of a scan. */
  readonly control: SharedArrayBuffer;
  /** Runs below the usual priority: a scan takes what is left. */
  readonly givesWay: boolean;
};

/** What a thread is told: once with what it matches, since it starts while tables are still being made; then one job after another. */
export type ThreadOrder =
  | { readonly what: 'eyes'; readonly eyes: ThreadEyes }
  /** `literals`: address of their table; 0 where only known values are looked for. */
  | { readonly what: 'job'; readonly job: Job; readonly literals: number }
  /** It has nothing to do any more: it clears what it holds, and ends. */
  | { readonly what: 'leave' };

/** Which unknown values are looked for. `none`: known ones alone. */
export type Patterns = 'none' | 'prefixed' | 'all';

export type Job = { readonly id: number; readonly patterns: Patterns } & (
  | {
      readonly what: 'files';
      readonly groups: readonly FileGroup[];
      readonly look: readonly string[];
      readonly index: SharedIndex | null;
      readonly everything: boolean;
    }
  /** Which objects of a history hold something. */
  | { readonly what: 'history'; readonly repo: string; readonly share: number; readonly of: number }
  /** Those objects again, where they stand. */
  | { readonly what: 'objects'; readonly repo: string; readonly ids: readonly string[] }
  | { readonly what: 'staged'; readonly repo: string }
  /** Commits that no remote-tracking branch holds. */
  | { readonly what: 'unpushed'; readonly repo: string }
  /** What the tmux servers hold whose sockets are in the folder. */
  | { readonly what: 'terminals'; readonly folder: string }
);

/** A sighting with what git says of its place; null where nobody knows, or it lies in no repository. */
export type PlacedSighting = Sighting & {
  readonly git: { readonly pushed: boolean | null; readonly publicRemote: boolean | null };
};

/** Everything that one file held. */
export type ThreadSeen = {
  readonly path: string;
  readonly kind: PlaceKind | null;
  readonly whole: boolean;
  readonly scope: 'file' | 'staged' | 'history';
  readonly list: readonly PlacedSighting[];
  readonly more: number;
};

export type ThreadNews =
  | { readonly what: 'seen'; readonly job: number; readonly seen: ThreadSeen }
  /** Of a history: objects that hold something; how many hits lie in objects beyond those; whether all was read. */
  | {
      readonly what: 'objects';
      readonly job: number;
      readonly ids: readonly string[];
      readonly more: number;
      readonly whole: boolean;
    }
  | { readonly what: 'not-read'; readonly job: number; readonly list: readonly NotRead[] }
  /** Read since the last such message. `label`: what is being read. */
  | {
      readonly what: 'step';
      readonly job: number;
      readonly files: number;
      readonly bytes: number;
      readonly unchanged: number;
      readonly label: string;
    }
  /** `marks`: of the index, pairs of path and what the file is; 0 where it was not read whole. */
  | { readonly what: 'finished'; readonly job: number; readonly marks: BigUint64Array };

export const goOn = 0;
export const wait = 1;
export const stop = 2;

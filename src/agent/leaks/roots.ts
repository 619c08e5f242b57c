// Where keys are looked for: what Keyturn proposes, what a person chose, and what reading it would mean.
import { lstatSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, resolve } from 'node:path';
import { fail } from '../../core/model/app-error.ts';
import type { LeakRoot, PlaceChoice } from '../../core/model/leak-care.ts';
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import type { Care } from '../../core/leaks/care.ts';
import { isPlaceChosen, withChoices } from '../../core/leaks/places/choice.ts';
import { isProposed, isTmuxPlace, placesThatAreThere } from '../../node/scan/places-there.ts';
import { countSize, type Size } from '../../node/scan/proposal-size.ts';
import { folderWords, proposeRoots, type Proposal } from '../../node/scan/walk-proposal.ts';
import type { ScanPlan } from '../scanning/messages.ts';
import type { WatchOrder } from '../scanning/root-file.ts';

type RootView = CallOutput<'scan.roots'>[number];

const mostRoots = 500;
const mostPlaces = 1_000;

/** Sizes are counted once in a while: each tick of a box is answered with all rows. */
const countedForMs = 300_000;
const mostCounted = 2_000;
const counted = new Map<string, { readonly size: Size; readonly atMs: number }>();
const sizeOf = (path: string): Size => {
  const nowMs = performance.now();
  const known = counted.get(path);
  if (known !== undefined && nowMs - known.atMs < countedForMs) return known.size;
  const size = countSize(path);
  if (counted.size >= mostCounted) counted.clear();
  counted.set(path, { size, atMs: nowMs });
  return size;
};

/** A call of the window asks twice: which paths it was shown, and what to show it then. */
const sameForMs = 1_000;
let lastProposal: {
  readonly home: string;
  readonly atMs: number;
  readonly list: readonly Proposal[];
} | null = null;
const proposals = (): readonly Proposal[] => {
  const [home, nowMs] = [homedir(), performance.now()];
  if (lastProposal?.home !== home || nowMs - lastProposal.atMs > sameForMs)
    lastProposal = { home, atMs: nowMs, list: proposeRoots({ sizeOf }) };
  return lastProposal.list;
};

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** What was chosen, then what is proposed besides, then the well-known places that are there. */
export const rootViews = ({ roots, placeChoices }: Care): RootView[] => {
  const known = new Set(roots.map(({ path }) => path));
  const proposed = proposals();
  const own = roots.map((root): RootView => ({
    ...root,
    origin: 'chosen',
    kind: null,
    reads: folderWords(root.path, { sizeOf }),
  }));
  const folders = proposed
    .filter(({ origin, path }) => origin === 'proposed' && !known.has(path))
    .map(({ path, chosen, reads, history }): RootView => {
      const isFirst = chosen && roots.length === 0;
      return {
        path,
        origin: 'proposed',
        kind: null,
        chosen: isFirst,
        reads,
        history: isFirst && history,
        watched: isFirst,
      };
    });
  const places = proposed
    .filter(({ origin }) => origin === 'place')
    .map((place): RootView => {
      const chosen = isPlaceChosen(place, placeChoices, place.chosen);
      const { path, kind, reads } = place;
      return { path, origin: 'place', kind, chosen, reads, history: false, watched: chosen };
    });
  return [...[...own, ...folders].slice(0, mostRoots), ...places.slice(0, mostPlaces)];
};

/** The well-known places that a person wants read: files and folders, and whether terminals are asked. */
export const chosenPlaces = ({ placeChoices }: Care): Pick<ScanPlan, 'places' | 'terminals'> => {
  const chosen = placesThatAreThere()
    .filter((place) => isPlaceChosen(place, placeChoices, isProposed(place)))
    .map(({ path }) => path);
  return {
    places: chosen.filter((path) => !isTmuxPlace(path)).slice(0, mostPlaces),
    terminals: chosen.find((path) => isTmuxPlace(path)) ?? null,
  };
};

/** What is watched. @param always also where a person switched watching off: somebody asks for it now */
export const watchOrderOf = (care: Care, always: boolean): WatchOrder => {
  const on = care.watching || always;
  const roots = care.roots.filter((root) => root.chosen && root.watched).map(({ path }) => path);
  const { places, terminals } = on ? chosenPlaces(care) : { places: [], terminals: null };
  return { what: 'watch', on, roots, places: [...places], terminals };
};

type Said = { readonly roots: readonly LeakRoot[]; readonly placeChoices: readonly PlaceChoice[] };

/** What is kept of a choice. Of well-known places only what differs from what holds already, so that a row that nobody touched stays open. */
export const chooseRoots = (care: Care, said: readonly LeakRoot[]): Said => {
  const places = new Map(placesThatAreThere().map((place) => [place.path, place]));
  const changed = said.filter(({ path, chosen }) => {
    const place = places.get(path);
    return place !== undefined && chosen !== isPlaceChosen(place, care.placeChoices, isProposed(place));
  });
  return {
    roots: said.filter(({ path }) => !places.has(path)).slice(0, mostRoots),
    placeChoices: withChoices(
      care.placeChoices,
      changed.map(({ path, chosen }) => ({ path, chosen })),
    ),
  };
};

/** The roots with one more. `bad-input` for what is neither a file nor a folder. */
export const addRoot = (roots: readonly LeakRoot[], given: string): Result<readonly LeakRoot[]> => {
  const path = resolve(given);
  if (!isAbsolute(given) || !isThere(path))
    return fail('bad-input', 'There is no such folder.', 'Choose one that is there.', { file: given });
  const others = roots.filter((root) => root.path !== path);
  if (others.length >= mostRoots)
    return fail('refused', 'There are as many folders as Keyturn looks after.', 'Remove one of them first.');
  return ok([...others, { path, chosen: true, history: true, watched: true }]);
};

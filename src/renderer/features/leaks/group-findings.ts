// The order of what was found: by key, the worst first, and what of it the filters leave. Pure, so that thousands can be measured without a window.
import type { FindingState, FindingView, PlaceKind, Severity } from '../../lib/types.ts';
import { findingStateWords, ownerName, placeWords, severityNames, severityRank } from './leak-words.ts';

/** `wants-you`: open, or come back. */
export type StateFilter = 'wants-you' | 'all' | Exclude<FindingState, 'open' | 'returned'>;

export type LeakFilter = {
  readonly text: string;
  readonly state: StateFilter;
  readonly severity: Severity | 'all';
  readonly place: PlaceKind | 'all';
  /** One key or one unknown value. */
  readonly group: { readonly id: string; readonly name: string } | null;
};

export const noFilter: LeakFilter = {
  text: '',
  state: 'wants-you',
  severity: 'all',
  place: 'all',
  group: null,
};

export const wantsYou = (state: FindingState): boolean => state === 'open' || state === 'returned';

type Owned = Pick<FindingView, 'keyId' | 'valueMark'>;

/** What stands together: the places of one key, or of one unknown value. */
export const groupIdOf = ({ keyId, valueMark }: Owned, alone = ''): string => keyId ?? valueMark ?? alone;

export type FindingGroup = {
  readonly id: string;
  readonly name: string;
  readonly first: FindingView;
  readonly worst: Severity;
  readonly findings: readonly FindingView[];
};

export type LeakRow =
  | { readonly type: 'heading'; readonly id: string; readonly group: FindingGroup }
  | { readonly type: 'finding'; readonly id: string; readonly finding: FindingView };

const textOf = (finding: FindingView): string =>
  [
    ownerName(finding),
    finding.place.path,
    finding.place.inside,
    placeWords[finding.place.kind],
    finding.providerName ?? '',
    finding.projectName ?? '',
    findingStateWords[finding.state],
  ]
    .join('\n')
    .toLowerCase();

const fitsState = (state: FindingState, wanted: StateFilter): boolean =>
  wanted === 'all' || (wanted === 'wants-you' ? wantsYou(state) : state === wanted);

/** What a filter leaves; every word of its text must be found. */
export const filterFindings = (
  findings: readonly FindingView[],
  filter: LeakFilter,
): readonly FindingView[] => {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return findings.filter((finding) => {
    if (!fitsState(finding.state, filter.state)) return false;
    if (filter.severity !== 'all' && finding.severity !== filter.severity) return false;
    if (filter.place !== 'all' && finding.place.kind !== filter.place) return false;
    if (filter.group !== null && groupIdOf(finding, finding.id) !== filter.group.id) return false;
    if (words.length === 0) return true;
    const text = textOf(finding);
    return words.every((word) => text.includes(word));
  });
};

/** By code units: quick, and the same on every machine. */
const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const byPlace = (left: FindingView, right: FindingView): number =>
  severityRank(left.severity) - severityRank(right.severity) ||
  compareText(left.place.path, right.place.path) ||
  (left.place.line ?? 0) - (right.place.line ?? 0) ||
  compareText(left.id, right.id);

/** Groups with the worst first, then those in the most places, then by name. */
export const groupFindings = (findings: readonly FindingView[]): readonly FindingGroup[] => {
  const members = new Map<string, FindingView[]>();
  for (const finding of findings) {
    const id = groupIdOf(finding, finding.id);
    const group = members.get(id);
    if (group === undefined) members.set(id, [finding]);
    else group.push(finding);
  }
  return [...members]
    .flatMap(([id, group]): readonly FindingGroup[] => {
      const sorted = group.toSorted(byPlace);
      const [first] = sorted;
      return first === undefined
        ? []
        : [{ id, name: ownerName(first), first, worst: first.severity, findings: sorted }];
    })
    .toSorted(
      (left, right) =>
        severityRank(left.worst) - severityRank(right.worst) ||
        right.findings.length - left.findings.length ||
        left.name.localeCompare(right.name),
    );
};

/** A heading for each group, its places below. */
export const leakRows = (groups: readonly FindingGroup[]): readonly LeakRow[] =>
  groups.flatMap((group): readonly LeakRow[] => [
    { type: 'heading', id: `group ${group.id}`, group },
    ...group.findings.map((finding): LeakRow => ({ type: 'finding', id: finding.id, finding })),
  ]);

/** How many keys and unknown values want somebody, in how many places, and how bad the worst is. */
export type LeakSummary = {
  readonly groups: number;
  readonly places: number;
  readonly worst: Severity | null;
  /** Open places of each key that has some. */
  readonly byKey: ReadonlyMap<string, number>;
};

export const summarise = (findings: readonly FindingView[]): LeakSummary => {
  const open = findings.filter(({ state }) => wantsYou(state));
  const byKey = new Map<string, number>();
  for (const { keyId } of open) if (keyId !== null) byKey.set(keyId, (byKey.get(keyId) ?? 0) + 1);
  const ranks = open.map(({ severity }) => severityRank(severity));
  return {
    groups: new Set(open.map((finding) => groupIdOf(finding, finding.id))).size,
    places: open.length,
    byKey,
    worst: severityNames[ranks.reduce((least, rank) => Math.min(least, rank), Infinity)] ?? null,
  };
};

// Where several formats claim the same characters, decides which is offered: a well-formed value before a malformed one,
// the stated priority, the longer one. The others remain as alternatives, since LIVE_API_KEY: belongs to two providers.
import type { Hit } from './find-prefixed.ts';
import { literalPrefixOf } from './pattern.ts';
import type { Alternative } from './recognition.ts';
import type { TextRange } from './text-range.ts';

export type Settled = { readonly hit: Hit; readonly alternatives: readonly Alternative[] };

const length = (range: TextRange): number => range.end - range.start;

/** How much of a malformed value is known to be meant: its literal beginning. */
const meant = (hit: Hit): number =>
  hit.malformed.length === 0 ? 0 : literalPrefixOf(hit.format.pattern).length;

const better = (left: Hit, right: Hit): number =>
  Math.sign(left.malformed.length - right.malformed.length) ||
  meant(right) - meant(left) ||
  right.format.priority - left.format.priority ||
  length(right.range) - length(left.range) ||
  left.provider.id.localeCompare(right.provider.id, 'en');

const asAlternative = (hit: Hit): Alternative => ({
  provider: hit.provider.id,
  format: hit.format.id,
  kind: hit.format.kind,
});

/** Groups of hits that touch each other, by a sweep over their beginnings. */
const groupsOf = (hits: readonly Hit[]): readonly (readonly Hit[])[] => {
  const sorted = hits.toSorted((left, right) => left.range.start - right.range.start);
  const groups: Hit[][] = [];
  let end = -1;
  for (const hit of sorted) {
    const group = groups[groups.length - 1];
    if (group && hit.range.start < end) group.push(hit);
    else groups.push([hit]);
    end = Math.max(end, hit.range.end);
  }
  return groups;
};

const settleGroup = (group: readonly Hit[]): readonly Settled[] => {
  const chosen: { hit: Hit; alternatives: Alternative[] }[] = [];
  for (const hit of group.toSorted(better)) {
    const rival = chosen.find(
      (entry) => hit.range.start < entry.hit.range.end && entry.hit.range.start < hit.range.end,
    );
    if (!rival) chosen.push({ hit, alternatives: [] });
    else if (rival.hit.range.start === hit.range.start && rival.hit.malformed.length === hit.malformed.length)
      rival.alternatives.push(asAlternative(hit));
  }
  return chosen;
};

/** One hit for every place of the text, in order. */
export const settleHits = (hits: readonly Hit[]): readonly Settled[] =>
  groupsOf(hits)
    .flatMap(settleGroup)
    .toSorted((left, right) => left.hit.range.start - right.hit.range.start);

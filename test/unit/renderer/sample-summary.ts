// A key as lists show it, for tests of what the window makes of one.
import type { KeySummary } from '../../../src/renderer/lib/types.ts';

export type SampleFacts = Partial<Omit<KeySummary, 'id' | 'name' | 'status'>> & Partial<KeySummary['status']>;

/** A key that nobody has asked about, but for what is given. */
export const sampleSummary = (name: string, facts: SampleFacts): KeySummary => {
  const { state, reason, next, checkedAt, sinceMs, workedAtMs, silentSinceMs, ...more } = facts;
  return {
    id: name,
    revision: 1,
    name,
    portalName: '',
    projectId: 'p',
    environmentIds: [],
    provider: null,
    kind: 'unknown',
    class: 'unknown',
    masked: '',
    status: {
      state: state ?? 'not-checked',
      reason: reason ?? '',
      next: next ?? '',
      checkedAt: checkedAt ?? null,
      sinceMs: sinceMs ?? null,
      workedAtMs: workedAtMs ?? null,
      silentSinceMs: silentSinceMs ?? null,
    },
    expiresOn: null,
    rotateBy: null,
    attention: [],
    valueSinceMs: 0,
    movesMoney: false,
    tags: [],
    handedTo: [],
    known: [],
    variables: [],
    warnings: [],
    versions: 1,
    changedAtMs: 0,
    removedAtMs: null,
    ...more,
  };
};

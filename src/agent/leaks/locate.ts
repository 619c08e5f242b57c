// Where in a piece a finding's value stands now: looked for anew, since the file may have changed since it was seen.
import type { Finding } from '../../core/model/finding.ts';
import type { UnknownJudge } from '../../core/leaks/matching.ts';
import { valueOfMatch } from '../../core/leaks/patterns/encoded-value.ts';
import { patternsFor } from '../../core/leaks/patterns/patterns.ts';
import type { Span } from '../../core/leaks/scrub/history-entry.ts';
import type { SessionContext } from '../handler.ts';
import type { Session } from '../session.ts';
import { locateKnown } from './locate-known.ts';
import { locateUnknown } from './locate-unknown.ts';

const judgeOf = (session: Session): UnknownJudge =>
  patternsFor(session.book().catalogue().providers, { generic: true, encoded: true });

/** The places of the value, the one of the finding first; none where it does not stand there any more. */
export const locate = ({ session }: SessionContext, finding: Finding, bytes: Uint8Array): readonly Span[] => {
  if (finding.keyId !== null) return locateKnown(session, finding, bytes);
  const found = locateUnknown(judgeOf(session), bytes, finding);
  return found === null ? [] : [found];
};

/** The value of an unknown finding as it is, whatever disguises it at its place; null where it does not stand there any more. */
export const unknownValueIn = (
  { session }: SessionContext,
  finding: Finding,
  bytes: Uint8Array,
): Uint8Array | null => {
  const match = locateUnknown(judgeOf(session), bytes, finding);
  return match === null ? null : valueOfMatch(bytes, match);
};

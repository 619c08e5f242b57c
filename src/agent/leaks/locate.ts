// Where in a piece a finding's value stands now: looked for anew, since the file may have changed since it was seen.
import type { Finding } from '../../core/model/finding.ts';
import { patternsFor } from '../../core/leaks/patterns/patterns.ts';
import type { Span } from '../../core/leaks/scrub/history-entry.ts';
import type { SessionContext } from '../handler.ts';
import { locateKnown } from './locate-known.ts';
import { locateUnknown } from './locate-unknown.ts';

/** The places of the value, the one of the finding first; none where it does not stand there any more. */
export const locate = ({ session }: SessionContext, finding: Finding, bytes: Uint8Array): readonly Span[] => {
  if (finding.keyId !== null) return locateKnown(session, finding, bytes);
  const { providers } = session.book().catalogue();
  const found = locateUnknown(patternsFor(providers, { generic: true }), bytes, finding);
  return found === null ? [] : [found];
};

// Takes the reasons for which commits were let through into the audit trail: the hook writes them beside the vault, which is mostly locked
// then. docs/scanning.md §6.
import { takeReasons } from '../../node/guard/guard-reasons.ts';
import type { Session } from '../session.ts';

/** At an unlock. What the trail does not take waits for the next one. */
export const absorbGuardReasons = (home: string, session: Pick<Session, 'note'>): void => {
  takeReasons(
    home,
    (reasons) =>
      session.note(
        ...reasons.map(({ atMs, hook, repo, reason, places, count }) => ({
          event: 'guard-allowed',
          by: 'git hook',
          detail: { what: `${reason} (${repo})`, hook, count, atMs, places: places.join(', ') },
        })),
      ).ok,
  );
};

// What the last scan did, kept in the vault, so that it is told after a lock as well: a lock ends the process that followed it.
import { careForLeaks } from '../../core/leaks/care.ts';
import type { Mutex } from '../mutex.ts';
import type { Session } from '../session.ts';
import { lastScanOf, type ScanView } from './scan-view.ts';

type Parts = { readonly session: () => Session | null; readonly exclusive: Mutex };

/** Resolves once it is written, or cannot be. */
export const rememberScan = async (parts: Parts, view: ScanView): Promise<void> => {
  const session = parts.session();
  const lastScan = lastScanOf(view);
  if (session === null || lastScan === null) return;
  await parts.exclusive(() => {
    // The record is made with the first choice or finding: who has neither is asked again what may be read.
    if (session.ended() || session.book().leakCare() === null) return;
    session.commit(careForLeaks(session.work('keyturn'), { lastScan }, () => ''));
  });
};

// What a person does with a scan and with a finding, from a button, a key or the palette alike.
import type { CallInput, CallName, CallOutput } from '../../../contract/contract.ts';
import type { Result } from '../../../core/model/result.ts';
import { openOverlay } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import { copyText } from '../../lib/copy-text.ts';
import { exactTime } from '../../lib/time-words.ts';
import type { FindingView } from '../../lib/types.ts';
import { sayDone, sayFailed } from '../../ui/toast-store.ts';
import { openLeaks, leaksStore, readLeaks, takeFinding, takeScan } from './leaks-store.ts';
import { liveMark, ownerName, shortPath } from './leak-words.ts';

export const isScanning = (): boolean => {
  const { scan } = leaksStore.getState();
  if (scan === null) return false;
  // One that waits was asked for, unless none ever was.
  return (
    scan.state === 'running' ||
    scan.state === 'paused' ||
    (scan.state === 'waiting' && scan.startedAtMs !== null)
  );
};

type ScanCall = 'scan.start' | 'scan.pause' | 'scan.resume' | 'scan.cancel';

const steer = async <N extends ScanCall>(name: N, input: CallInput<N>): Promise<void> => {
  const result = (await call<CallName>(name, input)) as Result<CallOutput<ScanCall>>;
  if (result.ok) takeScan(result.value);
  else sayFailed(result.error);
};

const begin = async (everything: boolean): Promise<void> => {
  openLeaks();
  await steer('scan.start', everything ? { everything } : {});
};

/** Looks through the chosen roots; what did not change is not read again. */
export const lookNow = (): Promise<void> => begin(false);

/** As the first time: everything is read, changed or not. */
export const lookAtAll = (): Promise<void> => begin(true);

/** Before the first look a person chooses what may be read. */
export const hasLooked = (): boolean => {
  const { scan, findings } = leaksStore.getState();
  return findings.length > 0 || (scan !== null && scan.startedAtMs !== null);
};

/** From anywhere: looks, or shows what would be read where nobody has chosen yet. */
export const lookOrChoose = (): void => {
  if (hasLooked()) void lookNow();
  else openLeaks();
};
export const pauseScan = (): Promise<void> => steer('scan.pause', {});
export const resumeScan = (): Promise<void> => steer('scan.resume', {});
export const cancelScan = (): Promise<void> => steer('scan.cancel', {});

/** Opens the place in an editor, or shows it in its folder: whichever the shell can. */
export const openPlace = async ({ id }: FindingView): Promise<void> => {
  const result = await call('leaks.open', { id });
  if (result.ok) sayDone(`Opened in ${result.value.with}.`);
  else sayFailed(result.error);
};

export const copyWords = (text: string, what: string): void => {
  if (copyText(text)) sayDone(`${what} is on the clipboard.`);
  else
    sayFailed({
      message: `${what} could not be copied.`,
      next: 'Select it and copy it with the menu.',
    });
};

export const reopen = async (finding: FindingView): Promise<void> => {
  const result = await call('leaks.reopen', { id: finding.id });
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  takeFinding(result.value);
};

export const accept = async (
  finding: FindingView,
  reason: string,
  untilMs: number,
): Promise<Result<FindingView>> => {
  const result = await call('leaks.accept', { id: finding.id, reason, untilMs });
  if (result.ok) {
    takeFinding(result.value);
    sayDone(
      `${ownerName(finding)} in ${shortPath(finding.place)} is accepted until ${exactTime(untilMs)}.`,
      () => void reopen(finding),
    );
  }
  return result;
};

/** Whether the value that stands there still works. */
export const askProvider = async (finding: FindingView): Promise<void> => {
  const result = await call('leaks.ask', { id: finding.id });
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  const { word } = liveMark(result.value.state);
  sayDone([`${ownerName(finding)}: ${word}.`, result.value.reason].join(' ').trim());
  void readLeaks();
};

export const takeIntoVault = ({ id }: FindingView): void =>
  openOverlay({ type: 'add', paste: false, findingId: id });

const undoScrub = async (scrubId: string, path: string): Promise<void> => {
  const result = await call('leaks.undoScrub', { scrubId });
  if (!result.ok) {
    sayFailed(result.error);
    return;
  }
  sayDone(`${path} is as it was.`);
  void readLeaks();
};

export const scrub = async (finding: FindingView): Promise<Result<unknown>> => {
  const result = await call('leaks.scrub', { id: finding.id });
  if (!result.ok) return result;
  const { scrubId, path, what, canUndo } = result.value;
  sayDone(
    what === 'remove-line' ? `The line is gone from ${path}.` : `The value in ${path} was replaced.`,
    canUndo ? () => void undoScrub(scrubId, path) : null,
  );
  void readLeaks();
  return result;
};

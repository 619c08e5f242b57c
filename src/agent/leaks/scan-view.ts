// What one scan did, in the contract's words, from what the scanner tells of it.
import * as v from 'valibot';
import type { CallOutput } from '../../contract/contract.ts';
import { notReadReason } from '../../contract/leak-shapes.ts';
import type { LastScan } from '../../core/model/leak-care.ts';
import type { ScanProgress } from '../scanning/messages.ts';

export type ScanView = CallOutput<'scan.read'>;

/** Before the first. */
export const noScan: ScanView = {
  state: 'waiting',
  startedAtMs: null,
  endedAtMs: null,
  label: '',
  filesScanned: 0,
  bytesScanned: 0,
  filesUnchanged: 0,
  bytesTotal: null,
  msLeft: null,
  findings: 0,
  notRead: [],
  notReadSamples: [],
};

const mostLabel = 300;

/** The end of a path says more than its beginning. */
const cutLabel = (label: string): string =>
  label.length <= mostLabel ? label : `…${label.slice(label.length - mostLabel + 1)}`;

/** The view after the scanner told how far it is. */
export const withProgress = (view: ScanView, progress: ScanProgress): ScanView => ({
  ...view,
  ...progress,
  label: cutLabel(progress.label),
});

/** The view of one that is over. */
export const ended = (view: ScanView, state: ScanView['state'], nowMs: number): ScanView => ({
  ...view,
  state,
  endedAtMs: nowMs,
  label: '',
  msLeft: null,
});

const isReason = (reason: string): reason is ScanView['notRead'][number]['reason'] =>
  v.is(notReadReason, reason);

/** What a vault remembers of a scan; null for one that broke off. */
export const lastScanOf = (view: ScanView): LastScan | null => {
  const { state, startedAtMs, endedAtMs, filesScanned, bytesScanned, filesUnchanged, findings, notRead } =
    view;
  if ((state !== 'done' && state !== 'cancelled') || startedAtMs === null || endedAtMs === null) return null;
  return { state, startedAtMs, endedAtMs, filesScanned, bytesScanned, filesUnchanged, findings, notRead };
};

/** What is told of a scan that an earlier session made: its counts. Names of what was not read are not kept. */
export const viewOfLast = (last: LastScan | null): ScanView =>
  last === null
    ? noScan
    : {
        ...noScan,
        ...last,
        notRead: last.notRead.flatMap(({ reason, count }) => (isReason(reason) ? [{ reason, count }] : [])),
      };

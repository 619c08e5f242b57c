// How the scanner talks to the shell that started it: only that something was seen while the vault was locked. Written without Electron's types.
import { neutraliseText } from '../../core/leaks/neutralise.ts';

export type ScannerNotice = { readonly noticed: { readonly path: string; readonly count: number } };

type ElectronPort = { readonly postMessage: (message: unknown) => void };

/** @param onGone called when the parent that forked it has gone away */
export const openScannerPort = (onGone: () => void): { readonly send: (notice: ScannerNotice) => void } => {
  const { parentPort } = process as unknown as { readonly parentPort?: ElectronPort };
  if (parentPort === undefined && process.send !== undefined) process.on('disconnect', onGone);
  return {
    send: ({ noticed }) => {
      const notice = { noticed: { ...noticed, path: neutraliseText(noticed.path).slice(0, 4_096) } };
      if (parentPort !== undefined) parentPort.postMessage(notice);
      else if (process.connected) process.send?.(notice);
    },
  };
};

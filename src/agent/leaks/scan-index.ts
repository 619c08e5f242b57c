// Which index a scan begins with, and whether the one that it leaves is kept: only of the values and patterns that it was made with.
import type { Aead, Files, Random } from '../../core/ports.ts';
import type { ScanPlan } from '../scanning/messages.ts';
import type { Session } from '../session.ts';
import { readIndex, writeIndex } from './index-file.ts';
import type { TableMaker } from './table-maker.ts';

export type ScanIndex = {
  /** What files were at the last scan with the same values and patterns; the receiver wipes it. */
  readonly begin: (session: Session, maker: TableMaker, plan: ScanPlan) => Uint8Array;
  /** Keeps what they are after it. */
  readonly keep: (session: Session, maker: TableMaker, bytes: Uint8Array) => void;
};

/** One more whenever readers or patterns find what they did not find before. */
const patternsVersion = 2;

type Ports = { readonly files: Files; readonly aead: Aead; readonly random: Random };

/** @param home absolute path of the vault's folder */
export const createScanIndex = (ports: Ports, home: string): ScanIndex => {
  let generation: string | null = null;
  return {
    begin: (session, maker, plan) => {
      const patterns = plan.allPatterns ? 'all' : 'prefixed';
      generation = `${maker.generation()} ${patterns} ${String(patternsVersion)}`;
      return readIndex(ports, home, session, generation);
    },
    keep: (session, maker, bytes) => {
      // Of values that have changed meanwhile nothing was read.
      if (generation === null || session.ended() || maker.isBehind()) return;
      writeIndex(ports, home, session, generation, bytes);
    },
  };
};

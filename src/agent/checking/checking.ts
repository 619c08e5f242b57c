// Everything by which the agent asks providers, put together: how many at once, when on its own.
import type { Settings } from '../../core/model/settings.ts';
import type { AskingPorts, Clock } from '../../core/ports.ts';
import type { Mutex } from '../mutex.ts';
import type { Session } from '../session.ts';
import type { Asking } from './ask-key.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { createScheduler } from './scheduler.ts';

const askedPerProvider = 2;
const askedInAll = 8;

export type Checking = {
  readonly asking: Asking;
  readonly lanes: Lanes;
  /** Looks whom to ask on its own. */
  readonly tick: () => void;
};

type Parts = {
  readonly ports: AskingPorts;
  readonly clock: Clock;
  readonly demo: boolean;
  readonly settings: () => Settings;
  readonly session: () => Session | null;
  readonly exclusive: Mutex;
};

export const createChecking = ({ session, exclusive, ...asking }: Parts): Checking => {
  const { clock, settings, demo } = asking;
  const lanes = createLanes(askedPerProvider, askedInAll);
  const whose = (): Session | null => (demo ? null : session());
  const { tick } = createScheduler({ session: whose, settings, clock, exclusive, asking, lanes });
  return { asking, lanes, tick };
};

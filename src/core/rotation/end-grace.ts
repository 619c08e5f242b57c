// A person cuts the grace short: everybody has the new key. What comes next is the revoke, with all that it looks at before.
import type { Rotation } from '../model/rotation.ts';
import { withLine } from './record.ts';

/** The same turn where it is in no grace. Saves nothing; drive it afterwards. */
export const graceEnded = (rotation: Rotation, nowMs: number): Rotation =>
  rotation.outcome !== null || rotation.step !== 'grace' || rotation.phase === 'undoing'
    ? rotation
    : withLine(
        { ...rotation, graceUntilMs: nowMs, againAtMs: nowMs },
        'note',
        nowMs,
        'a person ended the grace',
      );

// Stands in for src/node/ports.ts in a process that preload.ts was loaded into: the same ports, no calibration to a second.
import * as real from '../../../src/node/ports.ts';

export const nodePorts: typeof real.nodePorts = () => real.nodePorts({ targetMs: 0 });

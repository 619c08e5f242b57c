// The agent of the app and the command line, as they really run, killed with SIGKILL at random moments of every kind of write: all that was
// acknowledged is there, nothing is half there, backups are good, and the next Keyturn opens the vault and tidies up.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VaultPorts } from '../../src/core/vault/vault.ts';
import { nodePorts } from '../../src/node/ports.ts';
import { kinds } from '../support/killing/kinds.ts';
import { prepareGround, type Ground } from '../support/killing/place.ts';
import { calibrate, strike } from '../support/killing/strike.ts';

/** `npm run test:long` kills seven of each kind by each door, more than a hundred together; `npm test` one of each kind by one door. */
const isLong = process.env['KEYTURN_LONG'] === '1';
const turns = isLong ? 7 : 1;
/** The other door of these is left to the long run. */
const byOneDoor = [
  'command line: edit',
  'command line: migration',
  'agent: add',
  'agent: remove',
  'agent: backup',
];
const names = Object.keys(kinds).filter((name) => isLong || !byOneDoor.includes(name));

let ports: VaultPorts;
let ground: Ground;
const tally = { kills: 0, before: 0, after: 0, acknowledged: 0 };
beforeAll(async () => {
  ports = await nodePorts({ targetMs: 0 });
  ground = await prepareGround(ports);
});
afterAll(() => {
  process.stderr.write(
    `killed ${tally.kills} processes of ${names.length} kinds: ${tally.before} vaults as before, ${tally.after} as after, ${tally.acknowledged} acknowledged\n`,
  );
  ground.remove();
});

describe('a process killed with SIGKILL at a random moment', () => {
  it.each(names)(
    '%s: as before or as after, and the next one works',
    async (name) => {
      const kind = kinds[name]!;
      const calibrated = await calibrate(ports, ground, kind);
      for (let turn = 0; turn < turns; turn += 1) {
        const struck = await strike(ports, ground, kind, calibrated);
        expect(['before', 'after']).toContain(struck.seen);
        tally.kills += 1;
        tally[struck.seen] += 1;
        if (struck.acknowledged) tally.acknowledged += 1;
      }
    },
    isLong ? 3_600_000 : 600_000,
  );
});

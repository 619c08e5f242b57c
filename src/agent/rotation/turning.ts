// Everything by which the agent turns keys, put together: begun, driven, looked after.
import { join } from 'node:path';
import type { Settings } from '../../core/model/settings.ts';
import { note } from '../../core/keys/edit.ts';
import type { VaultPorts } from '../../core/vault/vault-types.ts';
import type { HomeFiles } from '../../node/home-folder.ts';
import type { Asking } from '../checking/ask-key.ts';
import type { Listener } from '../core.ts';
import type { Session } from '../session.ts';
import { createRunner, type Runner } from './runner.ts';
import { createTurnScheduler } from './scheduler.ts';
import { createStarter, type Starter } from './start.ts';
import { createTurnLock } from './turn-lock.ts';

export type Turning = {
  readonly runner: Runner;
  readonly start: Starter;
  /** Looks what goes on or begins on its own. */
  readonly tick: () => void;
};

type Parts = {
  readonly files: HomeFiles;
  readonly ports: VaultPorts;
  readonly asking: Asking;
  readonly demo: boolean;
  readonly background: boolean;
  readonly tells: boolean;
  readonly newId: () => string;
  readonly session: () => Session | null;
  readonly settings: () => Settings;
  readonly emit: Listener;
};

const mistake = note('turns-ended', 'keyturn', 'Keyturn made a mistake while turning a key');

export const createTurning = (parts: Parts): Turning => {
  const { ports, asking, newId, settings } = parts;
  const { clock } = ports;
  const runner = createRunner({
    asking,
    ports,
    newId,
    lock: createTurnLock(join(parts.files.home, 'turning.lock')),
    onChange: () => {
      const session = parts.session();
      if (session !== null) parts.emit('vault.changed', { counter: session.vault.counter() });
    },
    onBug: (session) => {
      if (!session.ended()) session.note(mistake);
    },
  });
  const start = createStarter({ asking, newId, nowMs: clock.nowMs });
  const session = (): Session | null => (parts.demo ? null : parts.session());
  const scheduler = createTurnScheduler({ session, settings, clock, runner, start });
  // A process that is gone in a moment would leave what it begins half done.
  const stays = parts.tells || parts.background;
  return {
    runner,
    start,
    tick: () => {
      if (stays) scheduler.tick();
    },
  };
};

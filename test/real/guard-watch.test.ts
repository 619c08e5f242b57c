// Watching notices that a guard is off: another program, as husky does when it is installed, sets its own folder of hooks.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { WatchState } from '../../src/agent/scanning/messages.ts';
import { createWatching, type Watching } from '../../src/agent/scanning/watching.ts';
import { installGuard } from '../../src/node/guard/install-guard.ts';
import { openRepository } from '../../src/node/scan/git/repository.ts';
import { scratchFolder, scratchRepository, type Scratch } from '../support/git/scratch-repository.ts';

const saved = { ...process.env };
let scratch: Scratch | null = null;
let watching: Watching | null = null;
afterEach(async () => {
  await watching?.close();
  scratch?.remove();
  for (const name of Object.keys(process.env)) if (!(name in saved)) delete process.env[name];
  Object.assign(process.env, saved);
});

describe('a watched repository with a guard', () => {
  it('is told of when another folder of hooks is set, until the guard is back', async () => {
    const folder = scratchFolder();
    process.env['GIT_CONFIG_GLOBAL'] = join(folder, 'gitconfig');
    process.env['GIT_CONFIG_NOSYSTEM'] = '1';
    scratch = scratchRepository([], join(folder, 'repo'));
    const repository = openRepository(scratch.folder);
    if (repository === null) throw new Error('no repository');
    const program = { node: process.execPath, program: '/nowhere/guard.cjs', home: join(folder, 'vault') };
    expect(installGuard(repository, program, false).ok).toBe(true);

    const states: WatchState[] = [];
    let heard: () => void = () => undefined;
    const warned = async (isWanted: (warnings: readonly string[]) => boolean): Promise<void> => {
      while (!isWanted(states.at(-1)?.warnings ?? []))
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
    };
    watching = createWatching({
      home: join(folder, 'vault'),
      matching: { ofSession: () => null, lasting: () => null },
      nowMs: Date.now,
      session: () => null,
      onSeen: () => undefined,
      onState: (state) => {
        states.push(state);
        heard();
      },
    });
    watching.set({ what: 'watch', on: true, roots: [scratch.folder], places: [], terminals: null });
    expect(watching.state().warnings).toEqual([]);
    mkdirSync(join(scratch.folder, '.husky/_'), { recursive: true });
    scratch.git('config', 'core.hooksPath', '.husky/_');
    await warned((warnings) =>
      warnings.some((each) => each.includes(`The guard of ${repository.top} is off`)),
    );
    scratch.git('config', '--unset', 'core.hooksPath');
    await warned((warnings) => warnings.length === 0);
  }, 30_000);
});

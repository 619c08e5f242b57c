// What everybody may know of the agent at any time: whether there is a vault, whether it is open, when it will lock.
import type { EventPayload } from '../contract/events.ts';
import type { AgentCore } from './core.ts';
import { copyError, lockedStanding, type Standing } from './locked-standing.ts';

export type AppState = EventPayload<'state.changed'>;

const standing = (core: AgentCore): Standing => {
  if (core.session() !== null) {
    const problem = core.anchors.problem();
    return { vault: 'unlocked', problem: problem === null ? null : copyError(problem) };
  }
  return lockedStanding(core.ports.files, core.files.vault);
};

/** The state now. Looks at the file only while the vault is locked. */
export const readState = (core: AgentCore): AppState => {
  const session = core.session();
  const book = session?.book();
  const keys = book === undefined ? [] : [...book.keys.values()];
  return {
    ...standing(core),
    file: core.files.vault,
    keys: keys.filter(({ body }) => body.removedAtMs === null).length,
    environments: book?.environments.size ?? 0,
    damaged: session?.vault.damage().length ?? 0,
    locksAtMs: core.idle.dueAtMs(),
    retryAtMs: session === null ? core.failed.retryAtMs(core.nowMs()) : null,
    background: core.background,
    demo: core.demo,
    settings: { ...core.settings() },
  };
};

// What everybody may know of the agent at any time: whether there is a vault, whether it is open, when it will lock.
import type { AppError } from '../core/model/app-error.ts';
import { inspectVault } from '../core/vault/vault.ts';
import type { EventPayload } from '../contract/events.ts';
import type { AgentCore } from './core.ts';

export type AppState = EventPayload<'state.changed'>;

type Standing = Pick<AppState, 'vault' | 'problem'>;

const standing = (core: AgentCore): Standing => {
  if (core.session() !== null) {
    const problem = core.anchors.problem();
    return { vault: 'unlocked', problem: problem === null ? null : copyError(problem) };
  }
  const facts = inspectVault(core.ports, core.files.vault);
  if (!facts.ok) return { vault: 'unreadable', problem: copyError(facts.error) };
  const problem = problems[facts.value.state];
  if (problem === 'none')
    return { vault: facts.value.state === 'missing' ? 'missing' : 'locked', problem: null };
  return { vault: 'unreadable', problem: { ...problem, where: { file: core.files.vault } } };
};

const copyError = (error: AppError): AppState['problem'] => ({ ...error });

const problems = {
  missing: 'none',
  ready: 'none',
  older: 'none',
  newer: {
    kind: 'newer-format',
    message: 'This vault was written by a later version of Keyturn. It was left untouched.',
    next: 'Update Keyturn and open it again.',
  },
  'not-a-vault': {
    kind: 'not-a-vault',
    message: 'Where the vault should be there is another file.',
    next: 'Move it away, or choose another folder with KEYTURN_HOME.',
  },
  truncated: {
    kind: 'damaged',
    message: 'The vault file ends too early: part of it is missing.',
    next: 'Make a copy of it as it is, then restore your latest backup.',
  },
} as const;

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

// What is said of a vault that nobody has opened: told by its first bytes alone. Apart from the agent, so that a command line that only
// asks for the state loads no vault.
import type { AppError } from '../core/model/app-error.ts';
import type { Files } from '../core/ports.ts';
import { inspectFile, latestFormat } from '../core/vault/inspect.ts';
import type { EventPayload } from '../contract/events.ts';

type AppState = EventPayload<'state.changed'>;

export type Standing = Pick<AppState, 'vault' | 'problem'>;

export const copyError = (error: AppError): Standing['problem'] => ({ ...error });

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

/** @param path absolute, of the vault's file */
export const lockedStanding = (files: Files, path: string): Standing => {
  const facts = inspectFile(files, path, latestFormat());
  if (!facts.ok) return { vault: 'unreadable', problem: copyError(facts.error) };
  const problem = problems[facts.value.state];
  if (problem === 'none')
    return { vault: facts.value.state === 'missing' ? 'missing' : 'locked', problem: null };
  return { vault: 'unreadable', problem: { ...problem, where: { file: path } } };
};

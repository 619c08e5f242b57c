// A plan in the contract's words.
import type { CallOutput } from '../../contract/contract.ts';
import type { HeldKey } from '../../core/keys/book.ts';
import { quotasOf } from '../../core/keys/quotas.ts';
import type { TurnWay } from '../../core/providers/turning/turn-definition.ts';
import type { Remote, RemoteList } from '../../core/rotation/desk.ts';
import { byHand, managersFor, proposedInput, type Choice } from '../../core/rotation/plan/choose.ts';
import type { Obstacle } from '../../core/rotation/plan/obstacles.ts';
import { tasksFor } from '../../core/rotation/plan/plan-tasks.ts';
import { consequencesOf, overlaps, plannedSteps, promiseOf } from '../../core/rotation/plan/words.ts';
import type { Session } from '../session.ts';
import { filesOf } from './env-files.ts';

export type PlanView = CallOutput<'rotation.plan'>;

/** What the provider showed, as far as it was asked. */
export type Looked = {
  readonly list: RemoteList | null;
  readonly oldRemoteId: string | null;
  readonly obstacles: readonly Obstacle[];
  /** Its list shows no place for a second key, and none was chosen to go first. */
  readonly isFull: boolean;
};

const choicesOf = (remote: Remote, { list, oldRemoteId }: Looked): PlanView['choices'] =>
  oldRemoteId !== null || !remote.needsOldId || list === null
    ? []
    : list.entries.map(({ id, name, createdAt }) => ({ id, name: name.slice(0, 300), createdAt }));

const quotaOf = (
  session: Session,
  choice: Choice,
  remote: Remote,
  { list, oldRemoteId }: Looked,
): PlanView['quota'] => {
  const max = list === null ? null : (list.max ?? remote.quota);
  if (list !== null && max !== null) {
    const unused = list.entries
      .filter(({ id }) => id !== oldRemoteId)
      .sort((left, right) => (left.lastUsedAt < right.lastUsedAt ? -1 : 1))
      .map(({ id, name, lastUsedAt }) => ({
        id,
        name: name.slice(0, 300),
        lastUsedAt: lastUsedAt.slice(0, 300),
      }));
    return { used: list.entries.length, max, from: 'provider', unused };
  }
  const counted = quotasOf(session.book(), choice.held)[0];
  return counted === undefined ? null : { used: counted.used, max: counted.max, from: 'vault', unused: [] };
};

const viewWay = (
  session: Session,
  held: HeldKey,
  way: TurnWay,
  inputs: Readonly<Record<string, string>>,
): PlanView['ways'][number] => {
  const book = session.book();
  const nameOf = (id: string | null): string => (id === null ? '' : (book.catalogue().find(id)?.name ?? id));
  return {
    id: way.id,
    label: way.label,
    shape: way.shape,
    permission: way.permission,
    manager:
      way.manager === 'self'
        ? null
        : {
            needs: way.manager.needs,
            keys: managersFor(book, held, way).map(({ id, body }) => ({
              id,
              name: body.name,
              provider: nameOf(body.provider),
            })),
          },
    inputs: way.inputs.map(({ name, label, help, required, proposed }) => ({
      name,
      label,
      help,
      required,
      value: inputs[name] ?? proposedInput(book, held, proposed),
    })),
  };
};

const handWay: PlanView['ways'][number] = {
  id: byHand,
  label: 'By hand, in the portal',
  shape: 'guided',
  permission: '',
  manager: null,
  inputs: [],
};

const viewFiles = (session: Session, held: HeldKey): PlanView['files'] =>
  filesOf(session, held).map(({ body }) => ({
    path: body.path,
    environment: session.book().environments.get(body.environmentId)?.body.name ?? '',
  }));

type Parts = { readonly session: Session; readonly nowMs: () => number; readonly newId: () => string };

export const viewPlan = (
  { session, nowMs, newId }: Parts,
  choice: Choice,
  remote: Remote,
  looked: Looked,
  blockers: readonly Obstacle[],
): PlanView => {
  const { held, definition, ways } = choice;
  const book = session.book();
  const isHandListed = ways.some(({ id }) => id === byHand);
  return {
    keyId: held.id,
    keyName: held.body.name,
    provider: held.body.provider,
    providerName: definition?.name ?? held.body.provider ?? '',
    way: choice.wayId,
    ways: [
      ...ways.map((way) => viewWay(session, held, way, choice.inputs)),
      ...(isHandListed ? [] : [handWay]),
    ],
    shape: choice.shape,
    order: choice.order,
    managerKeyId: choice.managerKeyId,
    overlap: overlaps(book, choice, looked.isFull),
    promise: promiseOf(book, choice, looked.isFull),
    consequences: consequencesOf(book, choice),
    blockers: blockers.map(({ message, next }) => ({ message, next })),
    steps: plannedSteps(choice),
    quota: quotaOf(session, choice, remote, looked),
    choices: choicesOf(remote, looked),
    expiresOn: choice.expiresOn,
    consumers: held.body.consumers.map(({ name, purpose }) => ({ name, purpose })),
    files: viewFiles(session, held),
    graceMs: choice.graceMs,
    tasks: tasksFor(choice, newId, nowMs()).map(({ kind, title, detail, who }) => ({
      kind,
      title,
      detail,
      who,
    })),
  };
};

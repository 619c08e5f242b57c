// Makes the vault of invented keys for `--demo`, anew each time, in the folder that is the demo's own. Refused anywhere else: it
// begins by removing what was there.
import { fail } from '../../core/model/app-error.ts';
import { ok, type Result } from '../../core/model/result.ts';
import { SecretBytes } from '../../core/model/secret-bytes.ts';
import { composeKey } from '../../core/keys/add-key.ts';
import { environmentsOf } from '../../core/keys/book.ts';
import { handOver } from '../../core/keys/consumers.ts';
import type { Edit, Work } from '../../core/keys/edit.ts';
import { replaceValue } from '../../core/keys/edit-key.ts';
import { dayOf } from '../../core/keys/expiry.ts';
import { addProject } from '../../core/keys/projects.ts';
import { putVariable } from '../../core/keys/variables.ts';
import { findProvider } from '../../core/providers/catalogue.ts';
import { createVault } from '../../core/vault/vault.ts';
import { makeHome } from '../../node/home-folder.ts';
import type { AgentCore } from '../core.ts';
import {
  demoKeys,
  demoNote,
  demoPassword,
  demoProjectName,
  demoTag,
  demoVariables,
  type DemoKey,
} from '../demo-content.ts';
import { findThrough } from '../demo-findings.ts';
import { liveThrough } from '../demo-history.ts';
import { turnThrough } from '../demo-turns.ts';
import { inventUuid, inventValue } from '../demo-values.ts';
import type { OpenContext, OpenHandlers } from '../handler.ts';
import type { Session } from '../session.ts';
import { takeText } from './vault-handlers.ts';

const dayMs = 86_400_000;

type Filling = {
  readonly core: AgentCore;
  readonly session: Session;
  readonly work: () => Work;
  readonly projectId: string;
  readonly environments: ReadonlyMap<string, string>;
};

const inventAll = ({ core }: Filling, key: DemoKey): Readonly<Record<string, string>> => {
  const provider = findProvider(key.provider);
  if (provider === undefined) throw new Error(`the demo names an unknown provider: ${key.provider}`);
  const { random } = core.ports;
  const parts = Object.entries(key.parts ?? {}).map(
    ([name, value]) => [name, value === 'uuid' ? inventUuid(random) : value] as const,
  );
  return { ...Object.fromEntries(parts), secret: inventValue(random, provider, key.format) };
};

const commit = <T>({ session }: Filling, edit: Result<Edit<T>>): Result<T> =>
  edit.ok ? session.commit(edit.value) : edit;

const dayFromNow = ({ core }: Filling, days: number): string => dayOf(core.nowMs() + days * dayMs);

/** As if it were done so many days ago: what is old in the demo was added then. */
const workAgo = (filling: Filling, days: number): Work => {
  const work = filling.work();
  return { ...work, nowMs: work.nowMs - days * dayMs };
};

const addKey = (filling: Filling, key: DemoKey, values: Readonly<Record<string, string>>): Result<string> => {
  const environmentIds = key.environments.flatMap((name) => filling.environments.get(name) ?? []);
  const composed = composeKey(workAgo(filling, key.createdDaysAgo), {
    projectId: filling.projectId,
    environmentIds,
    facts: {
      name: key.name,
      provider: key.provider,
      createdOn: dayFromNow(filling, -key.createdDaysAgo),
      ...(key.expiresInDays === undefined ? {} : { expiresOn: dayFromNow(filling, key.expiresInDays) }),
      arrival: 'created',
      notes: demoNote,
      tags: [demoTag],
      ...key.facts,
    },
    values,
    variables: key.variables ?? {},
  });
  if (!composed.ok) return composed;
  const committed = filling.session.commit(composed.value.edit);
  return committed.ok ? ok(composed.value.id) : committed;
};

const finishKey = (filling: Filling, key: DemoKey, id: string): Result<undefined> => {
  const { handedTo } = key;
  if (handedTo !== undefined) {
    const { name, purpose, daysAgo } = handedTo;
    const consumer = { name, purpose, handedOn: dayFromNow(filling, -daysAgo), exception: null };
    const handed = commit(filling, handOver(filling.work(), id, consumer));
    if (!handed.ok) return handed;
  }
  const { replacedDaysAgo } = key;
  if (replacedDaysAgo === undefined) return ok(undefined);
  return commit(
    filling,
    replaceValue(
      workAgo(filling, replacedDaysAgo),
      id,
      { values: inventAll(filling, key), variables: {} },
      {},
    ),
  );
};

const fill = (filling: Filling): Result<undefined> => {
  const values = new Map<string, Readonly<Record<string, string>>>();
  for (const key of demoKeys) {
    const own = inventAll(filling, key);
    const shared = key.sameValueAs === undefined ? undefined : values.get(key.sameValueAs);
    values.set(key.name, shared ?? own);
    const added = addKey(filling, key, shared ?? own);
    if (!added.ok) return added;
    const finished = finishKey(filling, key, added.value);
    if (!finished.ok) return finished;
  }
  for (const [name, id] of filling.environments) {
    for (const [variable, value] of Object.entries(variablesFor(name))) {
      const put = commit(filling, putVariable(filling.work(), id, variable, value));
      if (!put.ok) return put;
    }
  }
  for (const through of [liveThrough, turnThrough, findThrough]) {
    const lived = through(filling.work, (edit) => filling.session.commit(edit));
    if (!lived.ok) return lived;
  }
  return ok(undefined);
};

const variablesFor = (name: string): Readonly<Record<string, string>> =>
  Object.hasOwn(demoVariables, name) ? demoVariables[name as keyof typeof demoVariables] : {};

const enter = async ({ core, by }: OpenContext): Promise<Result<Session>> => {
  core.lock(by, 'the demo begins anew');
  const home = makeHome(core.files.home);
  if (!home.ok) return home;
  for (const end of ['', '-wal', '-shm', '-journal']) core.ports.files.remove(`${core.files.vault}${end}`);
  const created = await createVault(core.ports, core.files.vault, SecretBytes.fromText(demoPassword), by);
  if (!created.ok) return created;
  takeText(created.value.recoveryCode);
  const entered = core.enter(created.value.vault, []);
  if (!entered.ok) return entered;
  const session = core.session();
  return session === null ? fail('locked', 'The demo was locked again.', 'Start it again.') : ok(session);
};

export const demoHandlers: OpenHandlers<'demo.create'> = {
  'demo.create': async (context) => {
    const { core, by } = context;
    if (!core.demo) {
      return fail(
        'refused',
        'The demo has a folder of its own; this is not it.',
        'Start Keyturn with --demo.',
      );
    }
    const entered = await enter(context);
    if (!entered.ok) return entered;
    const session = entered.value;
    const work = (): Work => session.work(by);
    const project = addProject(work(), demoProjectName);
    const made = project.ok ? session.commit(project.value) : project;
    if (!made.ok) return made;
    const environments = new Map(
      environmentsOf(session.book(), made.value.id).map(({ id, body }) => [body.name, id]),
    );
    const filled = fill({ core, session, work, projectId: made.value.id, environments });
    core.emit('state.changed', core.state());
    return filled;
  },
};

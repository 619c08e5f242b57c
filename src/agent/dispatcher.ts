// The one way into the agent, whatever the transport: the check at the door, then the handler, then the check of what leaves.
// Nothing is thrown across; a bug becomes `internal` with an id, and tells nothing about what it was working on.
import { randomUUID } from 'node:crypto';
import { fail } from '../core/model/app-error.ts';
import { ok, type Result } from '../core/model/result.ts';
import type { Caller } from '../contract/call.ts';
import { specOf, type CallName } from '../contract/contract.ts';
import { admit, livesIn } from '../contract/door.ts';
import { placesOf, type BugReport } from './bug-report.ts';
import { sealAnswer, unseal } from './sealed-calls.ts';
import { isPromised } from './check-output.ts';
import type { AgentCore } from './core.ts';
import { lockedMeanwhile } from './locked-meanwhile.ts';
import { callerWords, type OpenContext, type SessionContext } from './handler.ts';
import { openHandlers, sessionHandlers } from './handlers/index.ts';
import type { Session } from './session.ts';
import { wipeBytes } from './wipe-bytes.ts';

/** Sends a call into the agent. Takes ownership of byte arrays in `input`: they are wiped. */
export type Dispatch = (caller: Caller | null, name: unknown, input: unknown) => Promise<Result<unknown>>;

type AnyHandler<C> = (context: C, input: unknown) => Result<unknown> | Promise<Result<unknown>>;

/** Answered at once: they change nothing in the vault, or must not wait for what does. */
const unqueued: ReadonlySet<CallName> = new Set([
  'state.read',
  'state.touch',
  'passage.key',
  'settings.read',
  'vault.lock',
  'password.strength',
  'task.cancel',
  'clipboard.mark',
  'clipboard.recognise',
  'overview.read',
  'keys.list',
  'keys.read',
  'keys.assess',
  'keys.reveal',
  'keys.lend',
  'audit.list',
  'draft.begin',
  'draft.field',
  'draft.provider',
  'draft.discard',
  'variables.list',
  'portal.resolve',
  'export.preview',
  'import.discard',
  'backup.list',
  // Long, and by other people's machines: what it learns is written in its turn.
  'keys.check',
  'keys.checks',
  'providers.list',
  'providers.read',
  'due.list',
  'keys.readCare',
  'policies.read',
  'reminders.read',
  // Turns ask other people's machines and wait; each of their savings is one commit, and nobody else drives the same one.
  'rotation.plan',
  'rotation.list',
  'rotation.read',
  'rotation.follow',
  'rotation.resume',
  'rotation.undo',
  'rotation.giveUp',
  'rotation.task',
  'rotation.paste',
  'rotation.care',
  'rotation.calendar',
  'rotation.damage',
  'tracked.list',
  // Reading of findings; a scan is the scanner's work, and what it sees is written in its turn.
  'leaks.list',
  'leaks.context',
  'leaks.heat',
  'leaks.blast',
  'leaks.ask',
  'leaks.planScrub',
  'leaks.where',
  'leaks.clipboard',
  'scan.roots',
  'scan.start',
  'scan.read',
  'scan.follow',
  'scan.pause',
  'scan.resume',
  'scan.cancel',
  'watch.read',
  'guard.status',
]);

/** Calls that come without a person: they do not put off the idle lock. */
const unattended: ReadonlySet<string> = new Set([
  'state.read',
  'settings.read',
  'clipboard.read',
  'passage.key',
  'reminders.read',
  'rotation.follow',
  'scan.read',
  'scan.follow',
  'watch.read',
  'leaks.list',
  'leaks.clipboard',
]);

export const createDispatch = (core: AgentCore, report: (bug: BugReport) => void): Dispatch => {
  const internal = (name: string, problem: unknown): Result<never> => {
    const reportId = randomUUID();
    report({ reportId, call: name, where: placesOf(problem) });
    const { error } = fail(
      'internal',
      'Keyturn made a mistake here. Your vault is unchanged unless you were told otherwise.',
      'Try again. If it happens again, report it with this id.',
    );
    return { ok: false, error: { ...error, reportId } };
  };

  const answerOpen = (
    name: CallName,
    context: OpenContext,
    input: unknown,
  ): ReturnType<AnyHandler<OpenContext>> =>
    (openHandlers as unknown as Readonly<Record<string, AnyHandler<OpenContext>>>)[name]?.(context, input) ??
    unknownHere();

  const answerSession = (
    name: CallName,
    session: Session,
    context: OpenContext,
    input: unknown,
  ): ReturnType<AnyHandler<SessionContext>> => {
    if (session.ended()) return lockedMeanwhile;
    const refreshed = session.refresh();
    if (!refreshed.ok) return refreshed;
    const handler = (sessionHandlers as unknown as Readonly<Record<string, AnyHandler<SessionContext>>>)[
      name
    ];
    return handler?.({ ...context, session, work: () => session.work(context.by) }, input) ?? unknownHere();
  };

  const answer = (name: CallName, caller: Caller, input: unknown): ReturnType<AnyHandler<OpenContext>> => {
    const context: OpenContext = { core, caller, by: callerWords[caller] };
    if (Object.hasOwn(openHandlers, name)) return answerOpen(name, context, input);
    const session = core.session();
    return session === null ? lockedMeanwhile : answerSession(name, session, context, input);
  };

  const dispatch = async (caller: Caller | null, name: unknown, input: unknown): Promise<Result<unknown>> => {
    // Before the lock state is asked for: a vault whose time ran out while the machine slept is locked by this.
    if (caller !== null && (caller !== 'shell' || name === 'state.touch')) {
      if (typeof name === 'string' && !unattended.has(name)) core.idle.touch();
    }
    const opened = caller === 'window' || caller === 'shell' ? await unseal(core, input) : ok(input);
    if (!opened.ok) return opened;
    try {
      return await pass(caller, name, opened.value);
    } finally {
      wipeBytes(opened.value);
    }
  };

  const pass = async (caller: Caller | null, name: unknown, input: unknown): Promise<Result<unknown>> => {
    const admitted = admit(caller, name, input, core.session() !== null);
    if (!admitted.ok) return admitted;
    const call = admitted.value;
    if (caller === null || !livesIn(call.name, 'agent')) return unknownHere();
    const run = (): ReturnType<AnyHandler<OpenContext>> => answer(call.name, caller, call.input);
    const result = unqueued.has(call.name) ? await run() : await core.exclusive(run);
    if (!result.ok) return result;
    if (isPromised(call.name, result.value)) return sealAnswer(call, result.value);
    if (specOf(call.name).returnsSecret) wipeBytes(result.value);
    return internal(call.name, new Error('an answer was not what the contract promises'));
  };

  return async (caller, name, input) => {
    try {
      return await dispatch(caller, name, input);
    } catch (problem) {
      return internal(typeof name === 'string' ? name.slice(0, 60) : 'unknown', problem);
    } finally {
      wipeBytes(input);
    }
  };
};

const unknownHere = (): Result<never> =>
  fail(
    'unknown-call',
    'There is no such call here.',
    'Update the app and the command line to the same version.',
  );

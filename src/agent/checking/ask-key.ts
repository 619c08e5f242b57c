// One key, asked: its values opened as late as can be, the questions put, the answer judged with what else is known of it. Writes nothing.
import type { RecordId } from '../../core/model/ids.ts';
import type { StoredKey } from '../../core/model/key.ts';
import type { Settings } from '../../core/model/settings.ts';
import type { AskingPorts, Clock, Stop } from '../../core/ports.ts';
import { currentVersion, type Book, type HeldKey } from '../../core/keys/book.ts';
import { dayInWords } from '../../core/keys/day-words.ts';
import { expiryOf } from '../../core/keys/due/end.ts';
import type { Asked } from '../../core/keys/checks/log.ts';
import { readBaseUrl } from '../../core/providers/ask/address.ts';
import { converse, planAsking, type Outcome } from '../../core/providers/ask/converse.ts';
import { usualReach, type Question, type Reach, type Said } from '../../core/providers/ask/question.ts';
import { judge } from '../../core/providers/ask/verdict.ts';
import type { ProviderDefinition } from '../../core/providers/provider.ts';
import { readVersion } from '../handlers/key-values.ts';
import type { Session } from '../session.ts';
import { createWires } from './wires.ts';

export type Asking = {
  readonly ports: AskingPorts;
  readonly clock: Clock;
  readonly settings: () => Settings;
  /** The vault of invented keys: nobody but this machine is asked about them. */
  readonly demo: boolean;
};

const nothingAsked = (said: Said): Outcome => ({ ...said, httpStatus: null, told: [], questions: 0 });

const noProvider = nothingAsked({
  state: 'not-checkable',
  reason: 'Nobody said whose key this is, so nobody can be asked.',
  next: 'Choose its provider, or add one of your own.',
});

const unknownProvider = (id: string): Outcome =>
  nothingAsked({
    state: 'not-checkable',
    reason: `This version of Keyturn knows no provider "${id}".`,
    next: 'Update Keyturn, or add the provider’s definition again.',
  });

const offline = nothingAsked({
  state: 'unreachable',
  reason: 'Offline is on: nothing is sent.',
  next: 'Turn it off in the settings, then check again.',
});

const demo = nothingAsked({
  state: 'unreachable',
  reason: 'This is the demo: its keys are invented, and nobody is asked about them.',
  next: 'Check keys in a vault of your own.',
});

/** Why nothing may be sent now; null where it may. */
export const silenceOf = (asking: Asking, { baseUrl }: Pick<Reach, 'baseUrl'>): Outcome | null => {
  if (asking.settings().offline) return offline;
  return asking.demo && !(baseUrl ?? '').startsWith('http://') ? demo : null;
};

const damaged = (reason: string, next: string): Outcome =>
  nothingAsked({ state: 'not-checkable', reason, next });

/** Where a provider is asked from here: as configured, for npm else as npm itself is. */
export const reachOf = (book: Book, definition: ProviderDefinition, ports: AskingPorts): Reach => {
  const held = book.providerSettings.get(definition.id)?.body;
  const reach: Reach = held === undefined ? usualReach : { baseUrl: held.baseUrl, values: held.values };
  if (definition.id !== 'npm' || reach.baseUrl !== null || reach.values['registry'] !== undefined)
    return reach;
  const registry = ports.npmRegistry();
  const base = registry === null ? undefined : readBaseUrl(registry);
  return base === undefined ? reach : { ...reach, values: { ...reach.values, registry: base } };
};

const plainValues = ({ body }: HeldKey): Readonly<Record<string, string>> =>
  Object.fromEntries(
    currentVersion(body).fields.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
  );

/** As much of a key as decides who is asked, and how: a value that was found somewhere has it too. */
export type Whose = { readonly body: Pick<StoredKey, 'provider' | 'kind'> };

/** Asks about some value of a key, the current one or another: what is in hand, and not what the key's records say of it. */
export const askValues = async (
  asking: Asking,
  session: Session,
  held: Whose,
  values: Readonly<Record<string, string>>,
  stop: Stop,
  unattended: boolean,
): Promise<Outcome | null> => {
  const { provider } = held.body;
  if (provider === null) return noProvider;
  const book = session.book();
  const definition = book.catalogue().find(provider);
  if (definition === undefined) return unknownProvider(provider);
  const question: Question = {
    definition,
    values,
    kind: held.body.kind,
    reach: reachOf(book, definition, asking.ports),
    unattended,
  };
  // What needs no network is said all the same.
  const silence = silenceOf(asking, question.reach);
  if (silence !== null && planAsking(question).ok) return silence;
  return converse(question, createWires(asking.ports, asking.clock, stop));
};

const ask = async (
  asking: Asking,
  session: Session,
  held: HeldKey,
  stop: Stop,
  unattended: boolean,
): Promise<Outcome | null> => {
  const secrets = readVersion(session, currentVersion(held.body));
  if (!secrets.ok) return damaged(secrets.error.message, secrets.error.next);
  const values = { ...plainValues(held), ...secrets.value };
  return askValues(asking, session, held, values, stop, unattended);
};

const judged = (book: Book, held: HeldKey, outcome: Outcome, nowMs: number): Said => {
  if (outcome.questions === 0) return outcome;
  const expiry = expiryOf(held.body, book.logs.get(held.id)?.body);
  const waiting = book.cares.get(held.id)?.body.waiting ?? null;
  const definition = held.body.provider === null ? undefined : book.catalogue().find(held.body.provider);
  const check = definition?.check;
  return judge(outcome, {
    nowMs,
    expiredOn: expiry !== null && nowMs >= expiry.end.atMs ? dayInWords(expiry.end.day) : null,
    waiting,
    addedAtMs: currentVersion(held.body).addedAtMs,
    settlesWithinSeconds: check?.possible === true ? (check.settlesWithinSeconds ?? 0) : 0,
  });
};

/** Asks about the current version of a key. Null where it was stopped, or the key is gone or removed. */
export const askKey = async (
  asking: Asking,
  session: Session,
  keyId: RecordId,
  stop: Stop,
  unattended: boolean,
): Promise<Asked | null> => {
  const held = session.ended() ? undefined : session.book().keys.get(keyId);
  if (held === undefined || held.body.removedAtMs !== null) return null;
  const outcome = await ask(asking, session, held, stop, unattended);
  if (outcome === null || session.ended()) return null;
  const atMs = asking.clock.nowMs();
  const { state, reason, next } = judged(session.book(), held, outcome, atMs);
  const { httpStatus, told } = outcome;
  return { keyId, versionId: currentVersion(held.body).id, state, reason, next, httpStatus, atMs, told };
};

// The provider's side of one turn: by the calls of its turn file, or by nobody but the person, where a portal is the only way. Values are opened for
// each call anew. docs/rotation.md §3.
import { currentVersion, type HeldKey } from '../../core/keys/book.ts';
import type { Rotation } from '../../core/model/rotation.ts';
import type { Random, Stop } from '../../core/ports.ts';
import { findWay, turnFor } from '../../core/providers/turning/turn-catalogue.ts';
import type { TurnWay } from '../../core/providers/turning/turn-definition.ts';
import type { Party } from '../../core/providers/turning/ask/proof.ts';
import type { ChangeSilence, TurnWires } from '../../core/providers/turning/ask/turn-wires.ts';
import { createRemote } from '../../core/providers/turning/remote.ts';
import type { ProviderDefinition } from '../../core/providers/provider.ts';
import type { Asked, Remote, Values } from '../../core/rotation/desk.ts';
import { askValues, reachOf, silenceOf, type Asking } from '../checking/ask-key.ts';
import { createTurnWires } from '../checking/wires.ts';
import type { Session } from '../session.ts';
import { valueOfTurn, wholeVersion } from './lent-values.ts';

export type RemoteParts = {
  readonly asking: Asking;
  readonly session: Session;
  /** The turn as saved last. */
  readonly rotation: () => Rotation;
  readonly stop: Stop;
  readonly random: Random;
};

/** The way of a turn; undefined by hand. */
export const wayOf = (
  session: Session,
  { keyId, way }: Pick<Rotation, 'keyId' | 'way'>,
): TurnWay | undefined => {
  const provider = session.book().keys.get(keyId)?.body.provider ?? null;
  return provider === null ? undefined : findWay(turnFor(provider), way);
};

const gone: Asked = {
  state: 'not-checkable',
  reason: 'The key is not in the vault any more.',
  next: 'Look at the list again.',
};

/** A live check of the old or the new value. */
export const askFor =
  ({ asking, session, rotation, stop }: RemoteParts): Remote['ask'] =>
  async (whose) => {
    if (session.ended()) return null;
    const held: HeldKey | undefined = session.book().keys.get(rotation().keyId);
    if (held === undefined) return gone;
    const values = valueOfTurn(session, rotation(), whose);
    if (!values.ok) return { state: 'not-checkable', reason: values.error.message, next: values.error.next };
    const outcome = await askValues(asking, session, held, values.value, stop, false);
    return outcome === null ? null : { state: outcome.state, reason: outcome.reason, next: outcome.next };
  };

const nothingThere = {
  kind: 'unsent',
  reason: 'The provider has no call for it.',
  next: 'Do it in the portal.',
} as const;

/** Where a person does everything at the provider: only live checks are made. */
const byPerson = (parts: RemoteParts): Remote => ({
  needsOldId: false,
  quota: null,
  choose: () => null,
  look: () => Promise.resolve({ kind: 'done', value: { learnt: {}, oldRemoteId: null } }),
  list: null,
  make: () => Promise.resolve(nothingThere),
  unmake: null,
  revokeCalls: 0,
  revoke: () => Promise.resolve(nothingThere),
  ask: askFor(parts),
});

const manager = ({ session, rotation }: RemoteParts): Party | null => {
  const id = rotation().managerKeyId;
  const held = id === null ? undefined : session.book().keys.get(id);
  if (held === undefined || held.body.removedAtMs !== null || held.body.provider === null) return null;
  const definition = session.book().catalogue().find(held.body.provider);
  const values = wholeVersion(session, currentVersion(held.body));
  return definition === undefined || !values.ok ? null : { definition, values: values.value };
};

/** What the key may be called at its provider. */
const namesOf = ({ session, rotation }: RemoteParts): readonly string[] => {
  const held = session.book().keys.get(rotation().keyId);
  if (held === undefined) return [];
  const told = session
    .book()
    .logs.get(held.id)
    ?.body.told.find(({ fact }) => fact === 'name')?.value;
  const names = [held.body.portalName, held.body.name, typeof told === 'string' ? told : ''];
  return [...new Set(names.filter((name) => name !== ''))];
};

/** Nothing leaves while offline is on, or from the demo but to this machine; looked at anew for each call. */
const quietly = (parts: RemoteParts, baseUrl: string | null): TurnWires => {
  const { asking, stop } = parts;
  const wires = createTurnWires(asking.ports, asking.clock, stop);
  const silence = (): { readonly ok: false; readonly error: ChangeSilence } | undefined => {
    const said = silenceOf(asking, { baseUrl });
    if (said === null) return undefined;
    const { reason, next } = said;
    return { ok: false, error: { reason, next, stopped: false, maybeSent: false } };
  };
  return {
    ...wires,
    ask: async (ask) => silence() ?? wires.ask(ask),
    change: async (ask) => silence() ?? wires.change(ask),
  };
};

const byFile = (parts: RemoteParts, way: TurnWay, held: HeldKey, definition: ProviderDefinition): Remote => {
  const { asking, session, rotation, random } = parts;
  const reach = reachOf(session.book(), definition, asking.ports);
  const lend = (whose: 'old' | 'new') => (): Values | null => {
    if (session.ended()) return null;
    const values = valueOfTurn(session, rotation(), whose);
    return values.ok ? values.value : null;
  };
  return createRemote({
    way,
    definition,
    kind: held.body.kind,
    reach,
    rotation,
    names: () => namesOf(parts),
    old: lend('old'),
    new: lend('new'),
    manager: () => (session.ended() ? null : manager(parts)),
    wires: quietly(parts, reach.baseUrl),
    randomBytes: random.bytes,
  });
};

/** The provider as the machine sees it. */
export const remoteFor = (parts: RemoteParts): Remote => {
  const { session, rotation } = parts;
  const held = session.book().keys.get(rotation().keyId);
  const provider = held?.body.provider ?? null;
  const definition = provider === null ? undefined : session.book().catalogue().find(provider);
  const way = wayOf(session, rotation());
  return held === undefined || definition === undefined || way === undefined
    ? byPerson(parts)
    : byFile(parts, way, held, definition);
};

/** What the provider's file promises, in seconds. */
export const promisedBy = (way: TurnWay | undefined): TurnWay['patience'] =>
  way?.patience ?? { newSeconds: 0, oldSeconds: 0 };

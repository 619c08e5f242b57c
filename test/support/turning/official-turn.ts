// One turn of one key against a server of an official description, by the real calls and the real HTTP client. Plays the machine's part: keeps
// what was learnt, the ids, and the new values.
import { createHttp } from '../../../src/node/http-client.ts';
import { createSignedHttp } from '../../../src/node/signing/signed-http.ts';
import { mayBeSent, type HttpRequest } from '../../../src/core/ports.ts';
import { beginRotation, markFor } from '../../../src/core/rotation/begin.ts';
import type { Rotation } from '../../../src/core/model/rotation.ts';
import { findProvider } from '../../../src/core/providers/catalogue.ts';
import { readAnswer } from '../../../src/core/providers/ask/decide.ts';
import { createRemote } from '../../../src/core/providers/turning/remote.ts';
import type { Heard, Made, Remote, Values } from '../../../src/core/providers/turning/remote-port.ts';
import type { TurnWires } from '../../../src/core/providers/turning/ask/turn-wires.ts';
import { findWay, turnFor } from '../../../src/core/providers/turning/turn-catalogue.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import type { OfficialServer } from './official-server.ts';

const nobody = { wanted: () => true, onStop: () => () => undefined };
const noPause = (): Promise<boolean> => Promise.resolve(true);
/** An answer that is going to hang is given up soon; to all others the real client gives its real time, however busy the machine is. */
const patienceMs = 400;

/** The real client, without the pauses between two tries. */
const realWires = (hangs: () => boolean): TurnWires => {
  const wait = (): Promise<void> => Promise.resolve();
  const patient = createHttp({ wait });
  const hasty = createHttp({ wait, limits: { totalMs: patienceMs } });
  const http: typeof patient = { ...patient, ask: (...words) => (hangs() ? hasty : patient).ask(...words) };
  const signed = createSignedHttp(http, Date.now);
  const change: TurnWires['change'] = async (ask) => {
    if (ask.protocol !== 'http') throw new Error('no server of one’s own here');
    const { method, url, headers, body, repeatable, signing, values } = ask;
    const request: HttpRequest = { method, url, headers, body, repeatable };
    const heard = await (signing === null
      ? http.ask(request, nobody)
      : signed.ask(signing, request, values, nobody));
    if (heard.ok)
      return { ok: true, value: readAnswer(heard.value.status, heard.value.headers, heard.value.body) };
    const { why, reason, next } = heard.error;
    return { ok: false, error: { reason, next, stopped: false, maybeSent: mayBeSent(why) } };
  };
  return {
    change,
    ask: (ask) => change(ask as Parameters<TurnWires['change']>[0]),
    wait: noPause,
    nowMs: Date.now,
  };
};

export type TurnOf = {
  readonly provider: string;
  readonly way: string;
  readonly old: Values;
  readonly manager?: { readonly provider: string; readonly values: Values };
  readonly inputs?: Values;
  /** What a person made in the portal, for guided turns. */
  readonly pasted?: Values;
  readonly names?: readonly string[];
  readonly expiresOn?: string | null;
};

export type OfficialTurn = {
  readonly remote: Remote;
  readonly rotation: () => Rotation;
  readonly set: (changes: Partial<Rotation>) => void;
  readonly values: () => { readonly old: Values; readonly new: Values | null };
  /** Looks, and keeps what was learnt. */
  readonly look: () => ReturnType<Remote['look']>;
  /** Makes the new key and keeps its values. Gives the mark too. */
  readonly make: () => Promise<{ readonly heard: Heard<Made>; readonly mark: string }>;
};

export const officialTurn = (
  server: Pick<OfficialServer, 'url'> & Partial<Pick<OfficialServer, 'hangs'>>,
  turn: TurnOf,
): OfficialTurn => {
  const definition = findProvider(turn.provider)!;
  const way = findWay(turnFor(turn.provider), turn.way);
  if (way === undefined) throw new Error(`no way ${turn.provider}/${turn.way}`);
  let rotation: Rotation = beginRotation({
    keyId: 'key',
    way: way.id,
    shape: way.shape,
    order: 'overlap',
    reason: 'asked',
    by: 'a test',
    nowMs: Date.now(),
    foundAtMs: null,
    graceMs: 0,
    oldVersionId: 'version',
    managerKeyId: null,
    inputs: turn.inputs ?? {},
    expiresOn: turn.expiresOn ?? null,
    oldRemoteId: null,
    removeFirst: null,
    tasks: [],
  });
  let made: Values | null = turn.pasted ?? null;
  const remote = createRemote({
    way,
    definition,
    kind: 'live',
    reach: { baseUrl: server.url, values: {} },
    rotation: () => rotation,
    names: () => turn.names ?? [],
    old: () => turn.old,
    new: () => made,
    manager: () =>
      turn.manager === undefined
        ? null
        : { definition: findProvider(turn.manager.provider)!, values: turn.manager.values },
    wires: realWires(server.hangs ?? (() => false)),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
  });
  const set = (changes: Partial<Rotation>): void => {
    rotation = { ...rotation, ...changes };
  };
  return {
    remote,
    rotation: () => rotation,
    set,
    values: () => ({ old: turn.old, new: made }),
    look: async () => {
      const heard = await remote.look();
      if (heard.kind === 'done') set({ learnt: heard.value.learnt, oldRemoteId: heard.value.oldRemoteId });
      return heard;
    },
    make: async () => {
      const mark = markFor('A key', randomUUID());
      const heard = await remote.make(mark);
      if (heard.kind === 'done') {
        made = heard.value.values;
        set({
          newRemoteId: heard.value.remoteId,
          // A swap is current as soon as it is kept.
          newVersionId: way.shape === 'swap' ? 'new version' : null,
          attempts: [{ mark, state: 'kept', remoteId: heard.value.remoteId, atMs: Date.now() }],
        });
      }
      return { heard, mark };
    },
  };
};

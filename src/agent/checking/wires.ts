// From a question as the core writes it to whoever can put it: HTTP, signed HTTP, a server's own protocol. What comes back is read as an
// answer and nothing of it is kept here.
import type { HttpAsk, ServerAsk } from '../../core/providers/ask/build.ts';
import type { Silence, Wires } from '../../core/providers/ask/converse.ts';
import { readAnswer, type Answer } from '../../core/providers/ask/decide.ts';
import type { TurnAsk, TurnHttpAsk, TurnServerAsk } from '../../core/providers/turning/ask/build-call.ts';
import type { ChangeSilence, TurnWires } from '../../core/providers/turning/ask/turn-wires.ts';
import {
  mayBeSent,
  type AskingPorts,
  type Clock,
  type HttpAnswer,
  type HttpRequest,
  type HttpResult,
  type NoAnswer,
  type ServerAnswer,
  type ServerLogin,
  type Stop,
} from '../../core/ports.ts';
import { waitUnlessStopped } from './stopping.ts';

type Heard = { readonly ok: true; readonly value: Answer } | { readonly ok: false; readonly error: Silence };

const silence = ({ why, reason, next }: NoAnswer): Heard => ({
  ok: false,
  error: { reason, next, stopped: why === 'stopped' },
});

const putHttp = (ports: AskingPorts, ask: HttpAsk | TurnHttpAsk, stop: Stop): Promise<HttpResult> => {
  const { method, url, headers, body, repeatable } = ask;
  const request: HttpRequest = { method, url, headers, body, repeatable };
  return ask.signing === null
    ? ports.http.ask(request, stop)
    : ports.signed.ask(ask.signing, request, ask.values, stop);
};

const answerOf = ({ status, headers, body }: HttpAnswer): Answer => readAnswer(status, headers, body);

const askHttp = async (ports: AskingPorts, ask: HttpAsk, stop: Stop): Promise<Heard> => {
  const result = await putHttp(ports, ask, stop);
  return result.ok ? { ok: true, value: answerOf(result.value) } : silence(result.error);
};

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

/** `postgres://host:port/database`; user and password are fields. */
const loginOf = ({ protocol, url, values }: ServerAsk): ServerLogin => {
  const match = /^[a-z]+:\/\/(\[[^\]]*\]|[^:/]*)(?::(\d+))?(?:\/([^?]*))?/.exec(url);
  const host = (match?.[1] ?? '').replace(/^\[(.*)\]$/, '$1');
  return {
    protocol,
    host,
    port: match?.[2] === undefined ? null : Number(match[2]),
    user: values['user'] ?? '',
    password: values['password'] ?? values['secret'] ?? '',
    database: values['database'] ?? decodeURIComponent(match?.[3] ?? ''),
    tls: loopback.test(host) ? 'preferred' : 'required',
  };
};

const askServer = async ({ servers }: AskingPorts, ask: ServerAsk, stop: Stop): Promise<Heard> => {
  const result = await servers.ask(loginOf(ask), stop);
  if (!result.ok) return silence(result.error);
  return { ok: true, value: serverAnswerOf(result.value) };
};

const serverAnswerOf = ({ accepted, text, told }: ServerAnswer): Answer => ({
  status: accepted ? 200 : 401,
  headers: new Map(),
  text,
  json: told,
});

type HeardChange =
  { readonly ok: true; readonly value: Answer } | { readonly ok: false; readonly error: ChangeSilence };

const changeSilence = ({ why, reason, next }: NoAnswer): HeardChange => ({
  ok: false,
  error: { reason, next, stopped: why === 'stopped', maybeSent: mayBeSent(why) },
});

const changeServer = async (
  { changes }: AskingPorts,
  ask: TurnServerAsk,
  stop: Stop,
): Promise<HeardChange> => {
  const { action, whose, secret } = ask;
  const result = await changes.change({ action, login: loginOf(ask), user: whose, secret }, stop);
  return result.ok ? { ok: true, value: serverAnswerOf(result.value) } : changeSilence(result.error);
};

const change = async (ports: AskingPorts, ask: TurnAsk, stop: Stop): Promise<HeardChange> => {
  if (!stop.wanted())
    return {
      ok: false,
      error: { reason: 'You stopped it.', next: 'Go on when you like.', stopped: true, maybeSent: false },
    };
  if (ask.protocol !== 'http') return changeServer(ports, ask, stop);
  const result = await putHttp(ports, ask, stop);
  return result.ok ? { ok: true, value: answerOf(result.value) } : changeSilence(result.error);
};

/** @param stop ends what is under way, at once */
export const createWires = (ports: AskingPorts, clock: Clock, stop: Stop): Wires => ({
  ask: (ask) => (ask.protocol === 'http' ? askHttp(ports, ask, stop) : askServer(ports, ask, stop)),
  wait: (seconds) => waitUnlessStopped(seconds * 1_000, stop),
  nowMs: clock.nowMs,
});

/** As `createWires`, for turns: calls that change something too. */
export const createTurnWires = (ports: AskingPorts, clock: Clock, stop: Stop): TurnWires => ({
  ...createWires(ports, clock, stop),
  change: (ask) => change(ports, ask, stop),
});

// From a question as the core writes it to whoever can put it: HTTP, signed HTTP, a server's own protocol. What comes back is read as an
// answer and nothing of it is kept here.
import type { HttpAsk, ServerAsk } from '../../core/providers/ask/build.ts';
import type { Silence, Wires } from '../../core/providers/ask/converse.ts';
import { readAnswer, type Answer } from '../../core/providers/ask/decide.ts';
import type { AskingPorts, Clock, HttpRequest, NoAnswer, ServerLogin, Stop } from '../../core/ports.ts';
import { waitUnlessStopped } from './stopping.ts';

type Heard = { readonly ok: true; readonly value: Answer } | { readonly ok: false; readonly error: Silence };

const silence = ({ why, reason, next }: NoAnswer): Heard => ({
  ok: false,
  error: { reason, next, stopped: why === 'stopped' },
});

const askHttp = async (ports: AskingPorts, ask: HttpAsk, stop: Stop): Promise<Heard> => {
  const { method, url, headers, body, repeatable } = ask;
  const request: HttpRequest = { method, url, headers, body, repeatable };
  const result =
    ask.signing === null
      ? await ports.http.ask(request, stop)
      : await ports.signed.ask(ask.signing, request, ask.values, stop);
  if (!result.ok) return silence(result.error);
  const { status, headers: told, body: bytes } = result.value;
  return { ok: true, value: readAnswer(status, told, bytes) };
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
  const { accepted, text, told } = result.value;
  return { ok: true, value: { status: accepted ? 200 : 401, headers: new Map(), text, json: told } };
};

/** @param stop ends what is under way, at once */
export const createWires = (ports: AskingPorts, clock: Clock, stop: Stop): Wires => ({
  ask: (ask) => (ask.protocol === 'http' ? askHttp(ports, ask, stop) : askServer(ports, ask, stop)),
  wait: (seconds) => waitUnlessStopped(seconds * 1_000, stop),
  nowMs: clock.nowMs,
});

// Puts one call of a turn and reads what came of it. Reading may be asked again; what changes something is put once.
import type { Answer } from '../../ask/decide.ts';
import type { OrSaid } from '../../ask/question.ts';
import type { Entry } from '../../ask/build.ts';
import { hide, tellable } from '../../ask/redact.ts';
import { isHttp } from '../names.ts';
import type { Heard } from '../remote-port.ts';
import type { TurnCall } from '../turn-definition.ts';
import { buildHttpCall, buildServerCall, type BuiltCall, type CallContext } from './build-call.ts';
import { hearHttp, hearServer, withXml } from './hear.ts';
import type { ChangeSilence, TurnWires } from './turn-wires.ts';

const maxSaidLength = 500;

export type Putting = CallContext & {
  readonly wires: TurnWires;
  /** Secrets of every key that is known here. */
  readonly secrets: readonly string[];
  /** Of this attempt: by it a provider recognises a repeated request. */
  readonly attempt: string | null;
};

const build = (putting: Putting, call: TurnCall): OrSaid<BuiltCall> => {
  if (!isHttp(call)) return buildServerCall(putting, call);
  const { attempt } = putting;
  const own: readonly Entry[] =
    call.idempotencyHeader === undefined || attempt === null ? [] : [[call.idempotencyHeader, attempt]];
  return buildHttpCall(putting, call, own);
};

const silent = ({ reason, next, maybeSent }: ChangeSilence, secrets: readonly string[]): Heard<never> => {
  const hidden = hide(secrets);
  return {
    kind: maybeSent ? 'lost' : 'unsent',
    reason: tellable(reason, hidden, maxSaidLength),
    next: tellable(next, hidden, maxSaidLength),
  };
};

/** To a question: nothing was changed, whatever it means. */
export const nothingTold: Heard<never> = {
  kind: 'lost',
  reason: 'The provider gave an answer that does not tell what was asked.',
  next: 'Try again later; nothing was changed.',
};

/** `lost` where it may have left and nothing says what came of it, for reading too; `unsent` where nothing left. */
export const putCall = async (putting: Putting, call: TurnCall): Promise<Heard<Answer>> => {
  const built = build(putting, call);
  if (!built.ok) {
    const { reason, next } = built.said;
    const hidden = hide(putting.secrets);
    return {
      kind: 'unsent',
      reason: tellable(reason, hidden, maxSaidLength),
      next: tellable(next, hidden, maxSaidLength),
    };
  }
  const { ask, carried } = built.value;
  const heard = await putting.wires.change(ask);
  if (!heard.ok) return silent(heard.error, [...putting.secrets, ...carried]);
  const nowMs = putting.wires.nowMs();
  return isHttp(call) ? hearHttp(call, withXml(heard.value), nowMs) : hearServer(call, heard.value, nowMs);
};

// How the shell and the agent process talk: requests with an id, replies with the same id, events without one. Values cross
// by structured clone, so bytes stay bytes.
import { eventNames, type EventName } from '../contract/events.ts';
import type { Caller } from '../contract/call.ts';
import type { Result } from '../core/model/result.ts';

export type AgentRequest = {
  readonly id: number;
  readonly caller: Caller;
  readonly name: string;
  readonly input: unknown;
};
export type AgentReply = { readonly id: number; readonly result: Result<unknown> };
export type AgentEvent = { readonly event: EventName; readonly payload: unknown };

/** As much of Electron's UtilityProcess as the supervisor touches. */
export type AgentChild = {
  postMessage(message: AgentRequest): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isResult = (value: unknown): value is Result<unknown> =>
  isObject(value) && (value['ok'] === true || (value['ok'] === false && isObject(value['error'])));

/** Reads what the agent process sent; null where it is neither a reply nor a known event. */
export const readAgentMessage = (message: unknown): AgentReply | AgentEvent | null => {
  if (!isObject(message)) return null;
  const { id, result, event, payload } = message;
  if (typeof id === 'number' && isResult(result)) return { id, result };
  const name = eventNames.find((known) => known === event);
  return name === undefined ? null : { event: name, payload };
};

// Who a message of the parent process speaks for. The shell says it of each call; anything else is nobody.
import type { Caller } from '../contract/call.ts';

const callers: readonly Caller[] = ['window', 'command-line', 'shell'];

export const callerOf = (value: unknown): Caller | null => callers.find((caller) => caller === value) ?? null;

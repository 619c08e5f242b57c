// Who sent a message. The frame may be gone by the time it is looked at (Electron then gives null), a sub-frame counts as a
// stranger, and the origin is asked for instead of the address, since about:blank has none but inherits one.
import type { Caller } from '../../contract/call.ts';

export type Frame = { readonly parent: unknown; readonly origin: string };

export type Sender = {
  readonly frame: Frame | null;
  readonly contentsId: number;
};

/**
 * Establishes the caller of a message.
 * @param expectedContentsId id of the WebContents that holds the vault's window now
 * @returns `window`, or null for anybody else
 */
export const callerOf = (
  sender: Sender,
  expectedContentsId: number,
  expectedOrigin: string,
): Caller | null => {
  const { frame, contentsId } = sender;
  if (frame === null || contentsId !== expectedContentsId) return null;
  return frame.parent === null && frame.origin === expectedOrigin ? 'window' : null;
};

// The one way out to the person's browser. Addresses come from the agent's provider table by id, never from the window, and
// still only https passes: openExternal would start any program that claims a scheme.
import { fail, ok } from '../answers.ts';
import type { Result } from '../../core/model/result.ts';

const maxLength = 2_000;

/** Whether an address may be handed to the browser. */
export const isSafeExternal = (text: string): boolean => {
  if (text.length > maxLength) return false;
  const url = URL.parse(text);
  return (
    url !== null &&
    url.protocol === 'https:' &&
    url.hostname !== '' &&
    url.username === '' &&
    url.password === ''
  );
};

/**
 * Opens an address in the person's browser.
 * @param open Electron's `shell.openExternal`
 */
export const openExternal = async (
  text: string,
  open: (url: string) => Promise<void>,
): Promise<Result<{ readonly url: string }>> => {
  if (!isSafeExternal(text)) {
    return fail(
      'refused',
      'This link does not lead to a secure web page, so it was not opened.',
      'Correct the link of the key to one that begins with https://.',
    );
  }
  const { href } = new URL(text);
  try {
    await open(href);
    return ok({ url: href });
  } catch {
    return fail('io', 'No browser could be started.', 'Copy the link and open it yourself.');
  }
};

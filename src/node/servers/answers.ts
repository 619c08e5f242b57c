// What a server said to a login, in the one form that decision tables read. docs/checking.md §1.6.
import type { ServerAnswer } from '../../core/ports.ts';

const mostLength = 500;

export const accepted = (told: ServerAnswer['told']): ServerAnswer => {
  const said = { ok: true, ...told };
  return { accepted: true, text: JSON.stringify(said), told: said };
};

/** @param message the server's own words: looked into, never shown */
export const refused = (code: string, message: string): ServerAnswer => {
  const said = { ok: false, code: code.slice(0, mostLength), message: message.slice(0, mostLength) };
  return { accepted: false, text: JSON.stringify(said), told: said };
};

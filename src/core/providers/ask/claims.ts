// Reads what a JSON Web Token claims about itself (RFC 7519). Read, never verified: no signature is looked at, so a claim may only make
// an answer worth less than it seems, never more.
import { fromBase64 } from './base64.ts';

const maxJwtLength = 16_384;

/** The claims of a token; undefined where it is none. */
export const readClaims = (token: string): unknown => {
  const payload = token.length <= maxJwtLength ? token.split('.')[1] : undefined;
  const bytes = payload === undefined ? undefined : fromBase64(payload);
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
};

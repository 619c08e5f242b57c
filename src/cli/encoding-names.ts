// How a value stands at its place, in words.
import type { Finding } from './scan-words.ts';

export const encodingNames: Readonly<Record<Finding['encoding'], string>> = {
  plain: 'as it is',
  escaped: 'escaped',
  percent: 'percent-encoded',
  base64: 'in base64',
  base64url: 'in base64 for URLs',
  hex: 'in hexadecimal',
  'utf-16': 'in UTF-16',
  'base64-utf-16': 'in base64 of UTF-16',
  joined: 'over several pieces',
};

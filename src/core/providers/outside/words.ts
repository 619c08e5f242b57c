// The small forms that several entries of a definition share.
import { keyKinds } from '../format.ts';
import { list, oneOf, text, type Rule } from './shape.ts';

export const word = (words: string): Rule => text(60, 1, { pattern: /^[A-Za-z][\w-]*$/, words });
export const id = text(60, 1, { pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/, words: 'in kebab-case' });
export const line = text(200, 1);
export const words = text(1_000, 1);
export const freeWords = text(1_000);
export const address = text(500, 1);
export const day = text(10, 10, { pattern: /^\d{4}-\d{2}-\d{2}$/, words: 'a date such as 2026-11-22' });
export const kinds = list(oneOf(keyKinds), 3, 1);

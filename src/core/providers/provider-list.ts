// Every built-in provider, by id. Written by `npm run providers` from the files in definitions/; a test compares the two.
import { appcircle } from './definitions/appcircle.ts';
import { appcirclePak } from './definitions/appcircle-pak.ts';
import { circa } from './definitions/circa.ts';
import { circleMint } from './definitions/circle-mint.ts';
import { circleW3s } from './definitions/circle-w3s.ts';
import type { ProviderDefinition } from './provider.ts';

// prettier-ignore
export const builtInProviders: readonly ProviderDefinition[] = [
  appcircle,
  appcirclePak,
  circa,
  circleMint,
  circleW3s,
];

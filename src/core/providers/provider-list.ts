// Every built-in provider, by id. Written by `node scripts/list-providers.mjs` from the files in definitions/; a test
// compares the two. Nothing else belongs here.
import { appcirclePak } from './definitions/appcircle-pak.ts';
import { appcircle } from './definitions/appcircle.ts';
import { circa } from './definitions/circa.ts';
import { circleMint } from './definitions/circle-mint.ts';
import { circleW3s } from './definitions/circle-w3s.ts';
import type { ProviderDefinition } from './provider.ts';

export const builtInProviders: readonly ProviderDefinition[] = [
  appcircle,
  appcirclePak,
  circa,
  circleMint,
  circleW3s,
];

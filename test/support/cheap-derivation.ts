// Has processes of the product make and open vaults with the cheapest derivation that the format allows: see cheap-derivation.mjs.
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

export const cheapDerivation: string = pathToFileURL(join(import.meta.dirname, 'cheap-derivation.mjs')).href;

/** Reaches the processes that such a process starts in its turn: a background agent too. */
export const withCheapDerivation = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  NODE_OPTIONS: `${env['NODE_OPTIONS'] ?? ''} --import=${cheapDerivation}`.trim(),
});

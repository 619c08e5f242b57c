// Loaded into a real agent or command line before its own code (`node --import`): the derivation is the cheapest that the format allows, so
// that a kill falls on the writing and not on Argon2; and, where asked for, a later format that only tests know, or a death around a chosen act
// of a turn. All else is the product's.
import { registerHooks } from 'node:module';
import '../cheap-derivation.mjs';

const url = (path: string): string => new URL(path, import.meta.url).href;

const replacements = new Map<string, string>();
if (process.env['KEYTURN_TEST_LATER_FORMAT'] === '1')
  replacements.set(url('../../../src/core/vault/migrations/index.ts'), url('later-migrations.ts'));
if (process.env['KEYTURN_TEST_DIE'] !== undefined)
  replacements.set(url('../../../src/agent/rotation/desk.ts'), url('../turning/dying-desk.ts'));

registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context);
    const other = replacements.get(found.url);
    const isTests = context.parentURL?.includes('/test/') === true;
    return other === undefined || isTests ? found : { ...found, url: other };
  },
});

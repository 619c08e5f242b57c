// Loaded into a real agent or command line before its own code (`node --import`): the derivation is the cheapest that the format allows, so
// that a kill falls on the writing and not on Argon2; and, where asked for, a later format that only tests know (in the source alone), or a death
// around a chosen act of a turn. All else is the product's.
import { registerHooks, type LoadFnOutput } from 'node:module';
import '../cheap-derivation.mjs';
import { watched } from '../turning/dying-desk.ts';

const url = (path: string): string => new URL(path, import.meta.url).href;

const replacements = new Map<string, string>();
if (process.env['KEYTURN_TEST_LATER_FORMAT'] === '1')
  replacements.set(url('../../../src/core/vault/migrations/index.ts'), url('later-migrations.ts'));

/** Where the desk of a rotation is made, in the source and as built. */
const isDying = process.env['KEYTURN_TEST_DIE'] !== undefined;
const deskFile = /\/(?:src\/agent\/rotation\/desk\.ts|out\/(?:cli|main)\/.*\.js)$/;
const deskMade =
  /^((?:export )?)(const|var) (createDesk(?:\$\d+)?) = (\(parts(?:: DeskParts)?\)(?:: Desk \| undefined)? => \{)$/gm;
Object.assign(globalThis, { keyturnWatched: watched });

const textOf = ({ source }: LoadFnOutput): string =>
  typeof source === 'string' ? source : Buffer.from((source ?? new Uint8Array()) as Uint8Array).toString();

const withDeath = (source: string, name: string): string => {
  const found = [...source.matchAll(deskMade)].length;
  if (found > 1) throw new Error(`The desk of a rotation is made ${found} times in ${name}`);
  return source.replace(
    deskMade,
    '$1$2 $3 = (parts) => globalThis.keyturnWatched(real$3(parts));\n$2 real$3 = $4',
  );
};

registerHooks({
  load: (name, context, next) => {
    const loaded = next(name, context);
    if (!isDying || !deskFile.test(name)) return loaded;
    return { ...loaded, source: withDeath(textOf(loaded), name) };
  },
  resolve: (specifier, context, next) => {
    const found = next(specifier, context);
    const other = replacements.get(found.url);
    const isTests = context.parentURL?.includes('/test/') === true;
    return other === undefined || isTests ? found : { ...found, url: other };
  },
});

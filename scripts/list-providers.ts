// Writes src/core/providers/provider-list.ts from the files in definitions/, so that adding a provider is adding one file.
// The core has no file system and no bundler magic: it needs the list written out.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const folder = resolve(root, 'src/core/providers/definitions');
/** The file that this script writes. */
export const listPath = resolve(root, 'src/core/providers/provider-list.ts');

const form = /^export const (\w+) = defineProvider\(\{\n {2}id: '([a-z0-9-]+)',$/m;

type Entry = { readonly id: string; readonly name: string };

const readEntry = (file: string): Entry => {
  const text = readFileSync(resolve(folder, file), 'utf8');
  const [, name, id] = form.exec(text) ?? [];
  if (name === undefined || id === undefined)
    throw new Error(`${file} does not export a provider with an id`);
  if (`${id}.ts` !== file) throw new Error(`${file} should be called ${id}.ts`);
  return { id, name };
};

/** The text of provider-list.ts, sorted by id. */
export const renderProviderList = (): string => {
  const entries = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map(readEntry)
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
  return [
    '// Every built-in provider, by id. Written by `npm run providers` from the files in definitions/; a test compares the two.',
    ...entries.map(({ id, name }) => `import { ${name} } from './definitions/${id}.ts';`),
    "import type { ProviderDefinition } from './provider.ts';",
    '',
    '// prettier-ignore',
    'export const builtInProviders: readonly ProviderDefinition[] = [',
    ...entries.map(({ name }) => `  ${name},`),
    '];',
    '',
  ].join('\n');
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(listPath, renderProviderList());

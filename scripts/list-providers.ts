// Writes src/core/providers/provider-list.ts and turning/turn-list.ts from the files in their definitions/ folders, so that adding a
// provider is adding one file. The core has no file system and no bundler magic: it needs the lists written out.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const providers = resolve(root, 'src/core/providers');
/** The files that this script writes. */
export const listPath = resolve(providers, 'provider-list.ts');
export const turnListPath = resolve(providers, 'turning/turn-list.ts');

type Entry = { readonly id: string; readonly name: string };

const readEntries = (folder: string, form: RegExp, what: string): readonly Entry[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const [, name, id] = form.exec(readFileSync(resolve(folder, file), 'utf8')) ?? [];
      if (name === undefined || id === undefined)
        throw new Error(`${file} does not export ${what} with an id`);
      if (`${id}.ts` !== file) throw new Error(`${file} should be called ${id}.ts`);
      return { id, name };
    })
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));

const render = (
  entries: readonly Entry[],
  { head, type, from, list }: Readonly<Record<'head' | 'type' | 'from' | 'list', string>>,
): string =>
  [
    `// ${head} Written by \`npm run providers\` from the files in definitions/; a test compares the two.`,
    ...entries.map(({ id, name }) => `import { ${name} } from './definitions/${id}.ts';`),
    `import type { ${type} } from '${from}';`,
    '',
    '// prettier-ignore',
    `export const ${list}: readonly ${type}[] = [`,
    ...entries.map(({ name }) => `  ${name},`),
    '];',
    '',
  ].join('\n');

/** The text of provider-list.ts, sorted by id. */
export const renderProviderList = (): string =>
  render(
    readEntries(
      resolve(providers, 'definitions'),
      /^export const (\w+) = defineProvider\(\{\n {2}id: '([a-z0-9-]+)',$/m,
      'a provider',
    ),
    {
      head: 'Every built-in provider, by id.',
      type: 'ProviderDefinition',
      from: './provider.ts',
      list: 'builtInProviders',
    },
  );

/** The text of turn-list.ts, sorted by the provider's id. */
export const renderTurnList = (): string =>
  render(
    readEntries(
      resolve(providers, 'turning/definitions'),
      /^export const (\w+) = defineTurn\(\{\n {2}provider: '([a-z0-9-]+)',$/m,
      'a turn',
    ),
    {
      head: 'How keys are turned, by provider.',
      type: 'TurnDefinition',
      from: './turn-definition.ts',
      list: 'builtInTurns',
    },
  );

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(listPath, renderProviderList());
  writeFileSync(turnListPath, renderTurnList());
}

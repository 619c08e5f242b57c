// A plugin for Vite's builds: writes down which packages really stand in the chunks, styles and files of one build, and which
// ones it leaves to be loaded at run time. scripts/licences.mjs makes the list of the whole app from these notes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

const isStyle = /\.(css|scss|sass|less)(\?|$)/;
const provided = new Set(['electron', ...builtinModules]);

/** The package's folder below the last node_modules of a file's path, as npm's lock would name it; null for our own files. */
export function packageFolderOf(file) {
  const parts = file.split(/[\\/]/);
  const at = parts.lastIndexOf('node_modules');
  if (at === -1) return null;
  const first = parts.indexOf('node_modules');
  return parts
    .slice(first, at + (parts[at + 1]?.startsWith('@') ? 3 : 2))
    .join('/')
    .replace(/\?.*$/, '');
}

/** What the bundler itself adds: `\0rolldown/runtime.js` is rolldown's, `\0vite/preload-helper.js` Vite's. */
function helperFolderOf(id) {
  const name = /^\0(vite|rolldown)\b/.exec(id)?.[1];
  return name === undefined ? null : `node_modules/${name}`;
}

/** The name of the package that an import names; null for what Node and Electron bring. */
export function packageNameOf(specifier) {
  if (specifier.startsWith('.') || path.isAbsolute(specifier) || specifier.startsWith('node:')) return null;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return provided.has(name) ? null : name;
}

/** @param {(string | null)[]} values */
const found = (values) => [...new Set(values.filter((value) => value !== null))].sort();

/** The folders of packages that stand in a build's output, and the names of those it leaves outside. */
export function packagesOf(bundle, moduleIds) {
  const outputs = Object.values(bundle);
  const chunks = outputs.filter((each) => each.type === 'chunk');
  // What was shaken out of a chunk is no module of it any more; styles leave their chunk and are read from the graph.
  const inside = chunks.flatMap((chunk) => chunk.moduleIds);
  const styles = [...moduleIds].filter((id) => isStyle.test(id));
  const files = outputs.flatMap((each) => (each.type === 'asset' ? (each.originalFileNames ?? []) : []));
  const imports = chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]);
  return {
    bundled: found([...inside, ...styles, ...files].map((id) => helperFolderOf(id) ?? packageFolderOf(id))),
    loaded: found(imports.filter((name) => bundle[name] === undefined).map(packageNameOf)),
  };
}

/**
 * The plugin.
 * @param {string} part the build's name, under which its note lies: `<folder>/<part>-<entry>.json`
 * @param {string} folder where the notes lie
 */
export function noteLicences(part, folder) {
  return {
    name: 'keyturn:note-licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      const entry = Object.values(bundle).find((each) => each.type === 'chunk' && each.isEntry);
      // electron-vite builds each preload apart and then joins them: nothing new is in the whole.
      if (entry === undefined) return;
      mkdirSync(folder, { recursive: true });
      const note = packagesOf(bundle, this.getModuleIds());
      const name = part === 'preload' ? `${part}-${entry.name}` : part;
      writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(note, null, 2)}\n`);
    },
  };
}

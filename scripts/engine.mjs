// `npm run build:engine`: compiles src/engine (AssemblyScript) to WebAssembly and writes it into src/node/scan/engine-bytes.ts, so
// that builds and tests have it without a file to find at run time. The compiler's version is pinned; a test compiles again and compares.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.join(root, 'src/node/scan/engine-bytes.ts');

/** Memory that all threads share, in pages of 64 KiB: it grows to what the tables need. node/scan/engine.ts makes it with the same numbers. */
const initialPages = 64;
const maximumPages = 32_768;
/** Below it lie the compiler's constants; above it the addresses that node/scan/engine.ts gives out. */
const memoryBase = 0;

/** The engine, compiled from source. @returns {Promise<Uint8Array>} */
export const compileEngine = async () => {
  let binary;
  const { error } = await asc.main(
    [
      'src/engine/index.ts',
      '--baseDir',
      root,
      '--outFile',
      'engine.wasm',
      ...['-O3', '--converge', '--noAssert', '--runtime', 'stub'],
      ...['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory'],
      ...['--importMemory', '--sharedMemory', '--memoryBase', String(memoryBase)],
      ...['--initialMemory', String(initialPages), '--maximumMemory', String(maximumPages)],
    ],
    {
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents;
      },
    },
  );
  if (error !== null || binary === undefined) throw new Error(error?.message ?? 'the compiler wrote nothing');
  return binary;
};

const linesOf = (text) => text.match(/.{1,100}/g).map((line) => `  '${line}',`);

/** The module that carries the engine. */
export const engineModule = (bytes) =>
  [
    '// Made by `npm run build:engine` from src/engine. Do not edit.',
    '/** The engine as base64; ' + String(bytes.length) + ' bytes of WebAssembly. */',
    'export const engineBase64 = [',
    ...linesOf(Buffer.from(bytes).toString('base64')),
    "].join('');",
    '',
  ].join('\n');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = await compileEngine();
  writeFileSync(target, engineModule(bytes));
  process.stdout.write(`engine: ${bytes.length} bytes\n`);
}

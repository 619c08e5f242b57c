// Remembers what a step was done for, by a hash of all it depends on, so that a second run skips it.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, root } from './paths.mjs';

const stampFile = (name) => path.join(cacheFolder, `${name}.json`);

/** What was stored under the name, or undefined. A damaged stamp counts as none: the step is then done again. */
export function readStamp(name) {
  try {
    return JSON.parse(readFileSync(stampFile(name), 'utf8'));
  } catch {
    return undefined;
  }
}

export function writeStamp(name, value) {
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(stampFile(name), `${JSON.stringify(value)}\n`);
}

function filesBelow(file) {
  if (!existsSync(file)) return [];
  if (!statSync(file).isDirectory()) return [file];
  return readdirSync(file)
    .sort()
    .flatMap((name) => filesBelow(path.join(file, name)));
}

/** A hash over the names and contents of files and folders; one that does not exist counts as empty. */
export function hashFiles(names) {
  const hash = createHash('sha256');
  for (const file of names.flatMap((name) => filesBelow(path.resolve(root, name)))) {
    const content = readFileSync(file);
    hash.update(`${path.relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

// Makes the list of what is inside the app from the notes of its builds: every third-party package in them, what those that
// are loaded at run time need, and Electron itself, each with the text of its licence.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { leftOut } from '../../packaging/left-out.mjs';
import { SetupError } from './say.mjs';

/** The notes that a whole build leaves. */
export const partNames = ['main', 'preload-index', 'preload-about', 'renderer', 'cli'];

// Packages that carry one platform's library and no text: theirs is the one of the package that loads them.
const textFrom = [{ pattern: /^@node-rs\/argon2-/, from: '@node-rs/argon2' }];

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const isText = (name) => /^(licen[cs]e|copying|notice)/i.test(name) && !/\.(js|mjs|cjs|json|ts)$/i.test(name);

/** The chapter "License" of a README, for packages whose text stands there. */
function chapterOf(folder) {
  const name = readdirSync(folder).find((each) => /^readme(\.md)?$/i.test(each));
  if (name === undefined) return '';
  const lines = readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').split('\n');
  const start = lines.findIndex((line) => /^#+\s*licen[cs]e\s*$/i.test(line));
  if (start < 0) return '';
  const end = lines.findIndex((line, index) => index > start && /^#+\s/.test(line));
  const text = lines
    .slice(start + 1, end < 0 ? undefined : end)
    .join('\n')
    .trim();
  // One line names a licence and gives none.
  return text.split('\n').length > 3 ? text : '';
}

function textOf(folder) {
  const texts = readdirSync(folder)
    .filter(isText)
    .sort()
    .map((name) => readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
  return texts.length > 0 ? texts.join('\n\n') : chapterOf(folder);
}

/** Name, version, licence and text of the package in a folder of `root`; throws where it has no text. */
export function describePackage(root, folder) {
  const { name, version, license } = readJson(path.join(root, folder, 'package.json'));
  const lender = textFrom.find(({ pattern }) => pattern.test(name))?.from;
  const text =
    textOf(path.join(root, folder)) || (lender ? textOf(path.join(root, 'node_modules', lender)) : '');
  if (typeof license !== 'string' || text === '') {
    throw new SetupError(
      `${name} ${version} says no licence or carries no text of it: name the package whose text is also its own in scripts/lib/licences.mjs.`,
    );
  }
  return { name, version, licence: license, text };
}

/** Where Node would find a package that is asked for from a folder; undefined where it is not installed. */
function findFolder(root, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    const folder = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (existsSync(path.join(root, folder, 'package.json'))) return folder;
    if (at === '') return undefined;
  }
}

/** Folders of packages that are loaded at run time, with all they need in turn; another platform's are not installed. */
export function foldersOfLoaded(root, names) {
  const folders = new Set();
  const visit = (name, from, optional) => {
    if (leftOut.includes(name)) return;
    const folder = findFolder(root, from, name);
    if (folder === undefined) {
      if (optional) return;
      throw new SetupError(`${name} is loaded by the app and not installed: run \`npm run setup\`.`);
    }
    if (folders.has(folder)) return;
    folders.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = readJson(
      path.join(root, folder, 'package.json'),
    );
    for (const each of Object.keys(dependencies)) visit(each, folder, each in optionalDependencies);
    for (const each of Object.keys(optionalDependencies)) visit(each, folder, true);
  };
  for (const name of names) visit(name, '', false);
  return [...folders];
}

const readNote = (folder, part) => {
  const file = path.join(folder, `${part}.json`);
  if (!existsSync(file))
    throw new SetupError(`The build of ${part} left no note of its packages: build again.`);
  return readJson(file);
};

/**
 * The list: one entry for each package and version, by name.
 * @param {string} root the checkout
 * @param {string} notes the folder of the builds' notes
 */
export function listLicences(root, notes, parts = partNames) {
  const entries = new Map();
  const add = (folder, part) => {
    const described = describePackage(root, folder);
    const key = `${described.name}@${described.version}`;
    const entry = entries.get(key) ?? { ...described, in: [] };
    if (!entry.in.includes(part)) entry.in.push(part);
    entries.set(key, entry);
  };
  for (const part of parts) {
    const { bundled, loaded } = readNote(notes, part);
    for (const folder of bundled) add(folder, part);
    for (const folder of foldersOfLoaded(root, loaded)) add(folder, part);
  }
  add('node_modules/electron', 'main');
  return [...entries.values()].sort(
    (a, b) => a.name.localeCompare(b.name, 'en') || (a.version < b.version ? -1 : 1),
  );
}

// Looks into a packed app: that the archive holds what packaging/electron-builder.mjs means it to, that no code lies outside it
// (the archive's check covers nothing else), and that the list of licences names every package in it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { leftOut } from './left-out.mjs';

const needed = ['package.json', 'LICENSE', 'out/main/index.js', 'out/main/agent.js', 'out/licences.json'];
// Sources, tests, maps, and the command line: it needs a Node of its own, and the fuse RunAsNode is off.
const unwanted = /^(src|test|scripts|packaging|docs|out\/cli|out\/licences)\/|\.map$|(^|\/)\.env/;
const packageOf = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/;

/** Files of an asar header by path: `[path, { size, offset, unpacked, integrity }]`. */
const filesOf = (node, prefix = '') =>
  Object.entries(node.files ?? {}).flatMap(([name, child]) =>
    child.files === undefined ? [[`${prefix}${name}`, child]] : filesOf(child, `${prefix}${name}/`),
  );

const readAt = async (handle, position, length) => {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
};

/** The header of an archive and a reader of its files. Format: four numbers of four bytes, then JSON, then the files. */
async function openArchive(file) {
  const handle = await open(file, 'r');
  const start = await readAt(handle, 0, 16);
  const header = await readAt(handle, 16, start.readUInt32LE(12));
  const base = 8 + start.readUInt32LE(4);
  return {
    files: filesOf(JSON.parse(header.toString('utf8'))),
    hash: createHash('sha256').update(header).digest('hex'),
    read: async ({ offset, size }) => (await readAt(handle, base + Number(offset), size)).toString('utf8'),
    close: () => handle.close(),
  };
}

/** The folder of resources of a packed app: inside a bundle, or beside a program. */
export const resourcesOf = (app) =>
  app.endsWith('.app') ? path.join(app, 'Contents', 'Resources') : path.join(path.dirname(app), 'resources');

function faultsOfFiles(files) {
  const names = files.map(([name]) => name);
  const packed = new Set(names.flatMap((name) => packageOf.exec(name)?.[1] ?? []));
  return [
    ...needed.filter((name) => !names.includes(name)).map((name) => `${name} is missing`),
    ...names.filter((name) => unwanted.test(name)).map((name) => `${name} does not belong in an app`),
    ...[...packed]
      .filter((name) => leftOut.includes(name))
      .map((name) => `${name} does not belong in an app`),
    ...files
      .filter(([name, entry]) => entry.unpacked === true && !name.endsWith('.node'))
      .map(([name]) => `${name} lies outside the archive`),
    ...files
      .filter(([, entry]) => entry.link === undefined && entry.integrity?.algorithm !== 'SHA256')
      .map(([name]) => `${name} has no hash`),
  ];
}

function faultsOutside(resources, files) {
  const folder = path.join(resources, 'app.asar.unpacked');
  const known = new Set(files.filter(([, entry]) => entry.unpacked === true).map(([name]) => name));
  const found = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    : [];
  return [
    ...found
      .filter((name) => !known.has(name))
      .map((name) => `${name} lies beside the archive, which does not know it`),
    ...['app', 'default_app.asar']
      .filter((name) => existsSync(path.join(resources, name)))
      .map((name) => `${name} lies beside the archive`),
  ];
}

async function faultsOfList(archive) {
  const list = archive.files.find(([name]) => name === 'out/licences.json');
  if (list === undefined) return [];
  const named = new Set(JSON.parse(await archive.read(list[1])).map(({ name }) => name));
  const packed = new Set(archive.files.flatMap(([name]) => packageOf.exec(name)?.[1] ?? []));
  return [...packed]
    .filter((name) => !named.has(name))
    .map((name) => `${name} is not in the list of licences`);
}

/** Where Electron looks for the hash of the archive's header; Linux has no such place. */
const hashPlaces = {
  darwin: (app) => path.join(app, 'Contents', 'Info.plist'),
  win32: (app) => app,
};

async function faultsOfHash(app, platform, hash) {
  const place = hashPlaces[platform]?.(app);
  if (place === undefined) return [];
  const found = existsSync(place) && (await readFile(place)).includes(hash);
  return found ? [] : [`the archive’s hash does not stand in ${path.basename(place)}`];
}

/**
 * What is wrong with the contents of a packed app, in words; nothing where all is right.
 * @param {string} app a program with its `resources` beside it, or a bundle that ends in .app
 * @param {import('./fuses.mjs').Platform} platform the system it is made for
 * @returns {Promise<string[]>}
 */
export async function checkContents(app, platform) {
  const resources = resourcesOf(app);
  const file = path.join(resources, 'app.asar');
  if (!existsSync(file)) return ['there is no app.asar'];
  const archive = await openArchive(file);
  try {
    return [
      ...faultsOfFiles(archive.files),
      ...faultsOutside(resources, archive.files),
      ...(await faultsOfList(archive)),
      ...(await faultsOfHash(app, platform, archive.hash)),
    ];
  } finally {
    await archive.close();
  }
}

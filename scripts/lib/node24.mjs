// Finds a Node of version 24 or later. The set-up runs on Node 20, but better-sqlite3 13 crashes there and TypeScript files
// run as they are from 24 on. The registry has Node itself as a package for some platforms (optionalDependencies).
import { existsSync, readFileSync } from 'node:fs';
import { fromRoot } from './paths.mjs';
import { SetupError, say } from './say.mjs';

const wanted = 24;
const isNewEnough = (version) => Number(version.replace(/^v/, '').split('.')[0]) >= wanted;

const packaged = [
  { name: `node-linux-${process.arch}`, binary: 'bin/node', platform: 'linux' },
  { name: `node-darwin-${process.arch}`, binary: 'bin/node', platform: 'darwin' },
  { name: `node-win-${process.arch}`, binary: 'bin/node.exe', platform: 'win32' },
];

/** The path of a Node ≥ 24, or undefined. */
export function findNode24() {
  if (isNewEnough(process.version)) return process.execPath;
  const found = packaged.find(({ name, binary, platform }) => {
    const folder = fromRoot('node_modules', name);
    if (platform !== process.platform || !existsSync(`${folder}/${binary}`)) return false;
    return isNewEnough(JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).version);
  });
  return found && fromRoot('node_modules', found.name, found.binary);
}

/** The path of a Node ≥ 24; says which one, or what to install. */
export function requireNode24() {
  const node = findNode24();
  if (node === undefined) {
    throw new SetupError(
      `Keyturn needs Node ${wanted} or later and the registry has none for ${process.platform} on ${process.arch}. ` +
        `You have ${process.version}: install Node ${wanted} from https://nodejs.org and run this again.`,
    );
  }
  say(
    node === process.execPath
      ? `Node ${process.version} will do`
      : `Node ${wanted} comes from node_modules, you have ${process.version}`,
  );
  return node;
}

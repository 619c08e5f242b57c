// How the app is packed. Run from the root, after `npm run build`, by the release workflow:
//   packaging/node_modules/.bin/electron-builder --config packaging/electron-builder.mjs
// Nothing here publishes, downloads code at install time or looks for updates (docs/adr/0006-updates.md).
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { leftOut } from './left-out.mjs';

const here = import.meta.dirname;
// A package that nobody signed is made on request only, to look at.
const signed = process.env.KEYTURN_UNSIGNED !== '1';
// electron-builder asks Apple where it finds these; APPLE_API_KEY is the path of a key file.
const notarised = Boolean(process.env.APPLE_API_KEY);

// Electron's package carries the hashes of its binaries, and the lock file the package's own.
const checksums = JSON.parse(
  readFileSync(path.join(here, '..', 'node_modules', 'electron', 'checksums.json'), 'utf8'),
);

/** What goes into the archive: the built app, its licences, its pictures, and the packages it loads at run time. */
export const files = [
  'package.json',
  'LICENSE',
  'resources/**',
  'out/main/**',
  'out/preload/**',
  'out/renderer/**',
  'out/licences.json',
  '!**/*.map',
  ...leftOut.map((name) => `!node_modules/${name}{,/**}`),
  // SQLite's source, and its library for the other systems.
  '!node_modules/better-sqlite3/{deps,src}{,/**}',
  '!node_modules/better-sqlite3/prebuilds/*',
  'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
];

export default {
  appId: 'app.keyturn.desktop',
  productName: 'Keyturn',
  copyright: 'The Keyturn contributors, MIT licence',
  directories: { output: 'dist', buildResources: 'resources' },
  files,
  // Left to itself it unpacks every file of a package that has a library: code that the archive's check would not cover.
  asar: { smartUnpack: false },
  // The system's loader opens no file inside an archive.
  asarUnpack: ['**/*.node'],
  disableAsarIntegrity: false,
  // Prebuilt libraries come with the packages; no package's script runs here either.
  npmRebuild: false,
  electronDownload: { checksums },
  publish: null,
  afterPack: path.join(here, 'after-pack.mjs'),
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  icon: 'resources/icon.png',
  // The repository's address is the fork's own; Debian's format asks for one.
  ...(process.env.KEYTURN_HOMEPAGE ? { extraMetadata: { homepage: process.env.KEYTURN_HOMEPAGE } } : {}),

  mac: {
    category: 'public.app-category.developer-tools',
    target: ['dmg', 'zip'],
    hardenedRuntime: true,
    entitlements: 'packaging/entitlements.mac.plist',
    entitlementsInherit: 'packaging/entitlements.mac.plist',
    forceCodeSigning: signed,
    notarize: notarised,
  },
  dmg: { sign: false },
  win: { target: ['nsis'], forceCodeSigning: signed },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  linux: {
    category: 'Development',
    target: ['AppImage', 'deb'],
    executableName: 'keyturn-app',
    synopsis: 'A vault for developers’ API keys',
    ...(process.env.KEYTURN_MAINTAINER ? { maintainer: process.env.KEYTURN_MAINTAINER } : {}),
  },
};

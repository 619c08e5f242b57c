// The arrows of the house as one table: what a file in each room of src/ may import, and nothing else. Pure: it knows
// no linter, so the rule (boundaries.mjs) and the tests of the gate read the same table.

/**
 * Rooms, the most particular first. `values`: rooms it may import from. `types`: rooms it may import types from.
 * `packages`: packages by name or by `@scope/` or `name/` prefix. `node`: whether `node:*` is allowed.
 */
export const rooms = [
  { room: 'core/model', values: [], types: [], packages: [], node: false },
  { room: 'core/providers', values: ['core/model'], types: [], packages: [], node: false },
  { room: 'core', values: ['core', 'core/model', 'core/providers'], types: [], packages: [], node: false },
  { room: 'contract', values: [], types: ['core/model'], packages: ['valibot'], node: false },
  { room: 'node', values: ['core', 'core/model', 'core/providers'], types: [], packages: [], node: true },
  {
    room: 'agent',
    values: ['core', 'core/model', 'core/providers', 'node', 'contract'],
    types: [],
    packages: ['valibot'],
    node: true,
  },
  {
    room: 'main',
    values: ['contract'],
    types: ['core/model'],
    packages: ['electron', 'valibot'],
    node: true,
  },
  { room: 'preload', values: ['contract'], types: ['core/model'], packages: ['electron'], node: false },
  {
    room: 'renderer',
    values: [],
    types: ['contract', 'core/model'],
    packages: [
      'react',
      'react-dom',
      'zustand',
      '@base-ui/react',
      '@tanstack/react-virtual',
      '@leeoniya/ufuzzy',
      'lucide-react',
      '@fontsource-variable/',
    ],
    node: false,
  },
  { room: 'cli', values: ['agent', 'contract', 'core/model'], types: [], packages: ['valibot'], node: true },
];

/** Files that a room may import as values although the room they stand in is open to it only as types: they import nothing. */
export const sharedFiles = [{ room: 'renderer', file: 'contract/passage.ts' }];

/** Packages that stand behind a facade: only files that match may import them, whatever their room's list says. */
export const facades = [
  { name: 'libsodium-wrappers-sumo', files: /^node\/sodium[^/]*\.ts$/ },
  { name: '@node-rs/argon2', files: /^node\// },
  { name: 'better-sqlite3', files: /^node\// },
  { name: 'pg', files: /^node\/servers\/postgres-client\.ts$/ },
  { name: 'mysql2', files: /^node\/servers\/mysql-client\.ts$/ },
  { name: '@zxcvbn-ts/', files: /^node\/password-strength\.ts$/ },
  { name: '@electron/remote', files: /^(main\/security\/remote|preload\/about[^/]*)\.ts$/ },
];

/** All that the product may take from node:crypto: Electron's is BoringSSL, so ciphers, hashes and derivations differ. */
const nodeCryptoNames = new Set(['randomBytes', 'randomFillSync', 'randomUUID', 'timingSafeEqual']);
/** What providers demand of a request's proof: SHA-2, HMAC, RSA, and MD5 for HTTP Digest, all of which BoringSSL has too. */
const signingNames = new Set(['createHash', 'createHmac', 'createPrivateKey', 'createSign']);
/** As servers of one’s own keep passwords: SHA-1 and SHA-2, HMAC and PBKDF2, which BoringSSL has too. */
const passwordHashes = {
  file: 'node/servers/password-hashes.ts',
  names: new Set(['createHash', 'createHmac', 'pbkdf2']),
};

/** The scanner's threads load no libsodium: whole values are confirmed by HMAC-SHA-256, made of SHA-256, which BoringSSL has too. */
const keyedHash = { file: 'node/scan/keyed-hash.ts', names: new Set(['hash']) };

/** Whether a file (relative to src/) may take a name from node:crypto. */
export const mayTakeFromCrypto = (path, name) =>
  nodeCryptoNames.has(name) ||
  (path.startsWith('node/signing/') && signingNames.has(name)) ||
  [passwordHashes, keyedHash].some(({ file, names }) => path === file && names.has(name));

const matches = (specifier, name) =>
  name.endsWith('/') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`);

/** The room of a path relative to src/, or undefined outside every room. */
export const roomOf = (path) => rooms.find(({ room }) => path.startsWith(`${room}/`));

/** Why a file (relative to src/) may not import a file of src/, or undefined when it may. */
export function refuseFile(from, to, typeOnly) {
  const source = roomOf(from);
  const target = roomOf(to);
  if (source === undefined) return `${from} stands in no room of src/: see architecture.md`;
  if (target === undefined) return `${source.room} may not import ${to}: it is outside every room of src/`;
  if (target.room === source.room || source.values.includes(target.room)) return undefined;
  if (sharedFiles.some(({ room, file }) => room === source.room && file === to)) return undefined;
  if (!source.types.includes(target.room)) return `${source.room} may not import ${target.room}`;
  return typeOnly
    ? undefined
    : `${source.room} may import ${target.room} only as types (import type); take a value through ${source.values.join(' or ') || 'a call of the contract'}`;
}

/** Why a file (relative to src/) may not import a package or a builtin, or undefined when it may. */
export function refusePackage(from, specifier, isBuiltin) {
  const source = roomOf(from);
  if (source === undefined) return `${from} stands in no room of src/: see architecture.md`;
  if (isBuiltin) {
    if (!source.node)
      return `${source.room} may not import ${specifier}: node:* is for node, agent, cli and main`;
    return specifier.startsWith('node:')
      ? undefined
      : `write node:${specifier}, so that no package can take its place`;
  }
  const facade = facades.find(({ name }) => matches(specifier, name));
  if (facade !== undefined) {
    return facade.files.test(from)
      ? undefined
      : `${specifier} may be imported only by src/ files that match ${facade.files}`;
  }
  if (source.packages.some((name) => matches(specifier, name))) return undefined;
  return `${source.room} may not import the package ${specifier}: scripts/lint/arrows.mjs lists what it may`;
}

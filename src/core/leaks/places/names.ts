// What a file's own name says about it, wherever it lies. Only looked at where no well-known place says more.
import type { PlaceKind } from '../../model/finding.ts';

/** Samples that are made to be committed; a key in one is a key in a working file. */
const sampleWords = /\.(example|sample|template|dist|defaults?|schema)$/;
/** What editors and careful people append to a copy. */
const copyWords = /(~|\.(bak|backup|bkp|old|orig|save|copy|sw[a-p]|un~|tmp|autosave|\d{1,2}))$/;

const envKind = (name: string): PlaceKind | null => {
  if (name.startsWith('.env')) {
    const next = name.charAt(4);
    if (next === '' || next === '.' || next === '-' || next === '_' || next === '~' || name === '.envrc') {
      if (sampleWords.test(name)) return 'working-file';
      return copyWords.test(name) ? 'backup' : 'env-file';
    }
    return null;
  }
  if (name.startsWith('..env') || name.startsWith('#.env')) return 'backup';
  if (name.startsWith('.dev.vars')) return 'env-file';
  return name.endsWith('.env') && name.length > 4 ? 'env-file' : null;
};

/** By the last extension, in lower case, without its dot. */
const extensions: Readonly<Record<string, PlaceKind>> = {
  log: 'log',
  ipynb: 'notebook',
  cast: 'terminal',
  ttyrec: 'terminal',
  tfvars: 'credentials-file',
  tfstate: 'credentials-file',
  pem: 'credentials-file',
  p8: 'credentials-file',
  ppk: 'credentials-file',
  kdbx: 'credentials-file',
  ...Object.fromEntries(
    ['bak', 'backup', 'bkp', 'old', 'orig', 'save', 'swp', 'swo', 'swn', 'rej'].map((word) => [
      word,
      'backup' as const,
    ]),
  ),
  ...Object.fromEntries(
    ['db', 'sqlite', 'sqlite3', 'db3', 'vscdb', 'ldb', 'mdb'].map((word) => [word, 'database' as const]),
  ),
  ...Object.fromEntries(
    [
      'pdf',
      'doc',
      'docx',
      'docm',
      'xls',
      'xlsx',
      'xlsm',
      'ppt',
      'pptx',
      'pptm',
      'odt',
      'ods',
      'odp',
      'rtf',
      'pages',
      'numbers',
      'key',
      'epub',
    ].map((word) => [word, 'document' as const]),
  ),
  ...Object.fromEntries(
    [
      'zip',
      'jar',
      'war',
      'ear',
      'aar',
      'apk',
      'ipa',
      'xpi',
      'vsix',
      'nupkg',
      'whl',
      'egg',
      'tar',
      'tgz',
      'tbz',
      'tbz2',
      'txz',
      'tzst',
      'gz',
      'bz2',
      'xz',
      'zst',
      '7z',
      'rar',
      'gem',
      'crate',
      'asar',
    ].map((word) => [word, 'archive' as const]),
  ),
};

/** A map: a file may be called `x.constructor`. */
const byExtension: ReadonlyMap<string, PlaceKind> = new Map(Object.entries(extensions));

/** `.key` is Keynote's and many a private key's: the name says neither. */
const ambiguous: ReadonlySet<string> = new Set(['key']);

const bundleName = /[.-](min|bundle|chunk|prod)\.(js|mjs|cjs|css)$/;
const mapName = /\.(js|mjs|cjs|jsx|ts|tsx|css)\.map$/;
const oldLog = /\.log[.-][\w.-]+$/;
const privateKeyName = /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/;

/** What the name alone says; null where it says nothing. @param name in lower case */
export const kindByName = (name: string): PlaceKind | null => {
  const env = envKind(name);
  if (env !== null) return env;
  const last = name.charCodeAt(name.length - 1);
  // ~ and #, which begin or end a copy by an editor.
  if (last === 0x7e || (last === 0x23 && name.startsWith('#'))) return 'backup';
  const dot = name.lastIndexOf('.');
  if (dot < 0) return privateKeyName.test(name) ? 'credentials-file' : null;
  const extension = name.slice(dot + 1);
  if (extension === 'map') return mapName.test(name) ? 'source-map' : null;
  if (extension === 'js' || extension === 'mjs' || extension === 'cjs' || extension === 'css')
    return bundleName.test(name) ? 'bundle' : null;
  if (name.includes('.log')) {
    if (extension === 'log' || oldLog.test(name)) return 'log';
  }
  if (ambiguous.has(extension)) return null;
  return byExtension.get(extension) ?? null;
};

/** Files that a build makes for a browser, within a folder of build results. */
const shippedExtensions: ReadonlySet<string> = new Set([
  'js',
  'mjs',
  'cjs',
  'css',
  'html',
  'htm',
  'json',
  'txt',
  'wasm',
]);
export const isShipped = (name: string): boolean =>
  shippedExtensions.has(name.slice(name.lastIndexOf('.') + 1));

/** Folders of build results. In lower case. */
export const bundleFolders: ReadonlySet<string> = new Set([
  'dist',
  'build',
  'out',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.vercel',
  '.parcel-cache',
  '_next',
  'public',
  'www',
  'storybook-static',
  'bundle',
  'bundles',
]);

/** Folders of logs. In lower case. */
export const logFolders: ReadonlySet<string> = new Set(['logs', 'log', '_logs']);

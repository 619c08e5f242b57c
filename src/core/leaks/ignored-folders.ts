// Folders that are left out unless a person wants them read: packages that a registry gives to everybody, compiled caches, and tool
// chains. Built bundles, logs and caches of text stay in: keys are found there.

type IgnoredFolder = {
  /** Names from the outside in, such as `.npm/_cacache`. In lower case. */
  readonly path: string;
  /** An entry that must be in it, where the name alone could be somebody's own folder. In lower case. */
  readonly marker?: string;
};

const byName: readonly string[] = [
  // Packages.
  ...['node_modules', 'bower_components', 'jspm_packages', '.yarn/cache', '.yarn/unplugged', '.pnpm-store'],
  ...[
    '.npm/_cacache',
    'npm-cache/_cacache',
    '.bun/install/cache',
    '.local/share/pnpm/store',
    'library/pnpm/store',
  ],
  ...['.cargo/registry', '.cargo/git', '.rustup/toolchains', 'go/pkg/mod', '.cache/go-build'],
  ...[
    '.m2/repository',
    '.gradle/caches',
    '.gradle/wrapper',
    '.gradle/daemon',
    '.ivy2/cache',
    '.sbt/boot',
    '.coursier',
  ],
  ...[
    '.nuget/packages',
    '.dotnet/sdk',
    '.pub-cache',
    '.dart_tool',
    'site-packages',
    'dist-packages',
    '.eggs',
  ],
  ...['.cache/pip', '.cache/uv', '.cache/pypoetry', '.cache/yarn', '.cache/composer', '.cache/node-gyp'],
  ...[
    '.cache/ms-playwright',
    '.cache/puppeteer',
    '.cache/electron',
    '.cache/electron-builder',
    '.cache/pre-commit',
  ],
  ...[
    'library/caches/homebrew',
    '.cache/homebrew',
    '.cabal/packages',
    '.stack',
    '.opam',
    'elm-stuff',
    '.cocoapods/repos',
  ],
  ...[
    'carthage/checkouts',
    '.terraform/providers',
    '.terraform.d/plugin-cache',
    '.cpan',
    '.cpanm',
    '.luarocks',
  ],
  // Tool chains.
  ...['.pyenv/versions', '.rbenv/versions', '.nvm/versions', '.nodenv/versions', '.volta/tools', '.fnm'],
  ...[
    '.asdf/installs',
    '.local/share/mise/installs',
    '.sdkman/candidates',
    '.conda/pkgs',
    '.jdks',
    '.android/avd',
  ],
  ...[
    '.vscode/extensions',
    '.vscode-server/extensions',
    '.vscode-server/bin',
    '.vscode-server/cli',
    '.vscode-oss/extensions',
  ],
  ...[
    '.cursor/extensions',
    '.cursor-server/extensions',
    '.cursor-server/bin',
    '.windsurf/extensions',
    '.trae/extensions',
  ],
  // Compiled caches.
  ...[
    '__pycache__',
    '.mypy_cache',
    '.pytest_cache',
    '.ruff_cache',
    '.tox',
    '.nox',
    '.hypothesis',
    '.ccache',
    '.sass-cache',
  ],
  ...[
    'code cache',
    'gpucache',
    'dawncache',
    'dawngraphitecache',
    'dawnwebgpucache',
    'shadercache',
    'grshadercache',
  ],
  ...[
    'graphitedawncache',
    'cache_data',
    'component_crx_cache',
    'extensions_crx_cache',
    'cacheddata',
    'cachedextensionvsixs',
  ],
  ...[
    'mesa_shader_cache',
    '.cache/fontconfig',
    '.cache/thumbnails',
    '.cache/tracker3',
    'deriveddata',
    '.angular/cache',
  ],
  ...['.nx/cache', '.ccls-cache', '.cache/clangd', '.clangd/index', '.gradle/kotlin', '.metals', '.bloop'],
  // Models and media that programs fetch.
  ...['.ollama/models', '.lmstudio/models', '.cache/huggingface/hub', '.cache/torch', '.cache/whisper'],
  ...[
    '.local/share/steam',
    '.steam',
    '.local/share/flatpak/repo',
    '.local/share/containers/storage',
    'snapd/cache',
  ],
  // Stores of other version control: their own formats, which are not read.
  ...['.hg/store', '.bzr/repository', '.jj/repo/store', '_darcs/pristine.hashed'],
];

const byMarker: readonly IgnoredFolder[] = [
  ...['venv', '.venv', 'env', '.env', 'virtualenv', '.virtualenv'].map((path) => ({
    path,
    marker: 'pyvenv.cfg',
  })),
  { path: 'vendor', marker: 'autoload.php' },
  { path: 'vendor', marker: 'modules.txt' },
  { path: 'pods', marker: 'manifest.lock' },
  { path: 'target', marker: '.rustc_info.json' },
];

/** For people and documentation. */
export const ignoredFolders: readonly IgnoredFolder[] = [...byName.map((path) => ({ path })), ...byMarker];

type Row = { readonly parents: readonly string[]; readonly marker: string | null };

const rows: ReadonlyMap<string, readonly Row[]> = (() => {
  const table = new Map<string, Row[]>();
  for (const { path, marker } of ignoredFolders) {
    const [last, ...parents] = path.split('/').toReversed();
    if (last === undefined) continue;
    const list = table.get(last) ?? [];
    list.push({ parents, marker: marker ?? null });
    table.set(last, list);
  }
  return table;
})();

/**
 * Whether a folder is left out: true, false, or the entries of which one decides.
 * @param name of the folder, in lower case
 * @param above names of the folders it lies in, the nearest first, in lower case
 */
export const isIgnoredFolder = (name: string, above: readonly string[]): boolean | readonly string[] => {
  const list = rows.get(name);
  if (list === undefined) return false;
  const found: string[] = [];
  for (const { parents, marker } of list) {
    if (!parents.every((part, at) => part === above[at])) continue;
    if (marker === null) return true;
    found.push(marker);
  }
  return found.length === 0 ? false : found;
};

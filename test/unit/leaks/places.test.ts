// Which path is which kind of place, on three systems: rows are checked as a person would say them, not as the tables spell them.
import { describe, expect, it } from 'vitest';
import { placeKinds, type PlaceKind } from '../../../src/core/model/finding.ts';
import {
  enterFolder,
  folderPlaceOf,
  kindOfFile,
  noFolder,
  placeKindOf,
} from '../../../src/core/leaks/places/classify.ts';
import { basesOf, segmentsOf, type Platform } from '../../../src/core/leaks/places/place.ts';
import { placesOfHome } from '../../../src/core/leaks/places/proposal.ts';
import { isPlaceChosen, withChoices } from '../../../src/core/leaks/places/choice.ts';
import { synchronisedBy } from '../../../src/core/leaks/places/synchronised.ts';
import { wellKnownPlaces } from '../../../src/core/leaks/places/tables.ts';

const linux: readonly (readonly [string, PlaceKind])[] = [
  ['/home/a/.bash_history', 'shell-history'],
  ['/mnt/old-disk/home/b/.zsh_history', 'shell-history'],
  ['/home/a/.local/share/fish/fish_history', 'shell-history'],
  ['/home/a/.local/share/powershell/PSReadLine/ConsoleHost_history.txt', 'shell-history'],
  ['/home/a/.python_history', 'shell-history'],
  ['/home/a/.node_repl_history', 'shell-history'],
  ['/home/a/.psql_history', 'shell-history'],
  ['/home/a/.mysql_history', 'shell-history'],
  ['/home/a/.rediscli_history', 'shell-history'],
  ['/home/a/.sqlite_history', 'shell-history'],
  ['/home/a/.lesshst', 'shell-history'],
  ['/home/a/code/shop/.env', 'env-file'],
  ['/home/a/code/shop/.env.production.local', 'env-file'],
  ['/home/a/code/shop/.envrc', 'env-file'],
  ['/home/a/code/shop/.dev.vars', 'env-file'],
  ['/home/a/code/shop/production.env', 'env-file'],
  ['/home/a/code/shop/.env.example', 'working-file'],
  ['/home/a/code/shop/.env~', 'backup'],
  ['/home/a/code/shop/.env.bak', 'backup'],
  ['/home/a/code/shop/.env.swp', 'backup'],
  ['/home/a/code/shop/#.env#', 'backup'],
  ['/home/a/code/shop/src/.config.js.swp', 'backup'],
  ['/home/a/.config/Code/User/History/1f2e/AbCd.ts', 'editor-history'],
  ['/home/a/.config/Code/Backups/17/file/ab', 'editor-history'],
  ['/home/a/.config/Code/User/globalStorage/state.vscdb', 'editor-history'],
  ['/home/a/.config/Cursor/User/globalStorage/state.vscdb', 'transcript'],
  ['/home/a/.config/Code/User/workspaceStorage/9a/chatSessions/s.jsonl', 'transcript'],
  ['/home/a/.config/Code/User/workspaceStorage/9a/state.vscdb', 'editor-history'],
  [
    '/home/a/.config/Code/User/globalStorage/saoudrizwan.claude-dev/tasks/1/api_conversation_history.json',
    'transcript',
  ],
  ['/home/a/.cache/JetBrains/IntelliJIdea2026.1/LocalHistory/changes.storageData', 'editor-history'],
  ['/home/a/.local/state/nvim/swap/%home%a%.env.swp', 'editor-history'],
  ['/home/a/.claude/projects/-home-a-code/5c.jsonl', 'transcript'],
  ['/home/a/code/shop/.claude/settings.local.json', 'agent-settings'],
  ['/home/a/.codex/sessions/2026/11/02/rollout-1.jsonl', 'transcript'],
  ['/home/a/.copilot/session-state/4f/events.jsonl', 'transcript'],
  ['/home/a/.gemini/tmp/77/chats/session-1.json', 'transcript'],
  ['/home/a/code/shop/.aider.chat.history.md', 'transcript'],
  ['/home/a/.local/share/opencode/opencode.db', 'transcript'],
  ['/home/a/.local/share/zed/threads/threads.db', 'transcript'],
  ['/home/a/.continue/sessions/1.json', 'transcript'],
  ['/home/a/.local/share/goose/sessions/sessions.db', 'transcript'],
  ['/home/a/.local/share/kiro-cli/data.sqlite3', 'transcript'],
  ['/home/a/.codeium/windsurf/cascade/1.pb', 'transcript'],
  ['/home/a/code/shop/.mcp.json', 'mcp-config'],
  ['/home/a/code/shop/.cursor/mcp.json', 'mcp-config'],
  ['/home/a/.claude.json', 'mcp-config'],
  ['/home/a/.netrc', 'credentials-file'],
  ['/home/a/code/shop/.npmrc', 'credentials-file'],
  ['/home/a/.pypirc', 'credentials-file'],
  ['/home/a/.git-credentials', 'credentials-file'],
  ['/home/a/.aws/credentials', 'credentials-file'],
  ['/home/a/.config/gcloud/application_default_credentials.json', 'credentials-file'],
  ['/home/a/.azure/msal_token_cache.json', 'credentials-file'],
  ['/home/a/.kube/config', 'credentials-file'],
  ['/home/a/.docker/config.json', 'credentials-file'],
  ['/home/a/.cargo/credentials.toml', 'credentials-file'],
  ['/home/a/.gem/credentials', 'credentials-file'],
  ['/home/a/.config/composer/auth.json', 'credentials-file'],
  ['/home/a/.terraformrc', 'credentials-file'],
  ['/home/a/code/shop/terraform.tfstate', 'credentials-file'],
  ['/home/a/.npm/_logs/2026-11-28-debug-0.log', 'log'],
  ['/home/a/code/shop/server.log.3', 'log'],
  ['/home/a/code/shop/server.log.2.gz', 'log'],
  ['/home/a/code/shop/logs/today', 'log'],
  ['/var/log/syslog', 'log'],
  ['/home/a/code/shop/study.ipynb', 'notebook'],
  ['/home/a/code/shop/dist/app.js', 'bundle'],
  ['/home/a/code/shop/vendor.min.js', 'bundle'],
  ['/home/a/code/shop/dist/app.js.map', 'source-map'],
  ['/home/a/code/shop/dist/.env', 'env-file'],
  ['/home/a/x.tar.gz', 'archive'],
  ['/home/a/x.docx', 'document'],
  ['/home/a/x.pdf', 'document'],
  ['/home/a/x.sqlite3', 'database'],
  ['/home/a/demo.cast', 'terminal'],
  ['/home/a/code/shop/src/index.ts', 'working-file'],
  ['/home/a/code/shop/src/environment.ts', 'working-file'],
  ['/home/a/code/shop/dist/notes.md', 'working-file'],
  ['/home/a/code/shop/x.constructor', 'working-file'],
  ['/home/a/code/shop/__proto__', 'working-file'],
];

const others: readonly (readonly [Platform, string, PlaceKind])[] = [
  ['darwin', '/Users/a/Library/Application Support/Code/User/History/x/y.ts', 'editor-history'],
  ['darwin', '/Users/a/Library/Application Support/Claude/claude_desktop_config.json', 'mcp-config'],
  [
    'darwin',
    '/Users/a/Library/Caches/JetBrains/PyCharm2026.1/LocalHistory/changes.storageData',
    'editor-history',
  ],
  ['darwin', '/Users/a/.zsh_sessions/5F.history', 'shell-history'],
  [
    'win32',
    'C:\\Users\\a\\AppData\\Roaming\\Microsoft\\Windows\\PowerShell\\PSReadLine\\ConsoleHost_history.txt',
    'shell-history',
  ],
  ['win32', 'C:\\Users\\a\\AppData\\Roaming\\Cursor\\User\\globalStorage\\state.vscdb', 'transcript'],
  ['win32', 'C:\\Users\\A\\.AWS\\Credentials', 'credentials-file'],
  ['win32', 'C:\\code\\shop\\.env', 'env-file'],
  ['win32', 'C:\\Users\\a\\.claude\\projects\\c--code\\1.jsonl', 'transcript'],
];

describe('the kind of a place', () => {
  it.each(linux)('%s is %s', (path, kind) => {
    expect(placeKindOf(path, 'linux')).toBe(kind);
  });

  it.each(others)('on %s: %s is %s', (platform, path, kind) => {
    expect(placeKindOf(path, platform)).toBe(kind);
  });

  it('is the same whether a path is given whole or folder by folder', () => {
    for (const [path] of linux) {
      const parts = path.split('/').filter((part) => part !== '');
      const folder = parts.slice(0, -1).reduce(enterFolder, noFolder);
      expect(kindOfFile(folder, parts.at(-1) ?? ''), path).toBe(placeKindOf(path, 'linux'));
      expect(folderPlaceOf(path.slice(0, path.lastIndexOf('/')), 'linux')).toEqual(folder);
    }
  });
});

describe('the tables', () => {
  it('hold known kinds, no empty path, no path twice with two kinds', () => {
    const seen = new Map<string, PlaceKind>();
    for (const { at, kind, tool } of wellKnownPlaces) {
      expect(placeKinds).toContain(kind);
      expect(tool, at).not.toBe('');
      expect(at, at).toMatch(/^(~|\{(apps|config|data|cache|state)\}|\*\*|)\/[^/]/);
      const last = segmentsOf(at).at(-1);
      expect(last, at).not.toBe('*');
      const before = seen.get(at);
      expect(before === undefined || before === kind, `${at} is ${String(before)} and ${kind}`).toBe(true);
      seen.set(at, kind);
    }
    expect(seen.size).toBeGreaterThan(500);
  });

  it('are what their own rows say, on the platform that has them', () => {
    const homes = { linux: '/home/a', darwin: '/Users/a', win32: 'C:\\Users\\a' } as const;
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      for (const place of placesOfHome(platform, basesOf(platform, homes[platform]))) {
        const separator = platform === 'win32' ? '\\' : '/';
        const path = place.path.replaceAll('*', 'one') + (place.isFolder ? `${separator}any` : '');
        expect(placeKindOf(path, platform), path).toBe(place.kind);
      }
    }
  });
});

describe('places of a home', () => {
  it('follow the environment, each path once, with a sentence of what reading it means', () => {
    const bases = basesOf('linux', '/home/a', { XDG_CONFIG_HOME: '/cfg', XDG_DATA_HOME: 'not absolute' });
    const places = placesOfHome('linux', bases);
    const paths = places.map(({ path }) => path);
    expect(paths).toContain('/cfg/Code/User/History');
    expect(paths).toContain('/home/a/.local/share/fish/fish_history');
    expect(paths).toContain('/home/a/.bash_history');
    expect(new Set(paths).size).toBe(paths.length);
    for (const { reads } of places) expect(reads).toMatch(/^.+: .{10,}\.$/);
    expect(basesOf('win32', 'C:\\Users\\a', { APPDATA: 'D:\\Roaming' })['{apps}']).toBe('D:\\Roaming');
  });
});

describe('synchronised folders', () => {
  it.each([
    ['linux', '/home/a', '/home/a/Dropbox/notes/.env', 'Dropbox'],
    ['linux', '/home/a', '/home/a/Dropbox (Firma)/x', 'Dropbox'],
    ['linux', '/home/a', '/home/a/Dropboxes/x', null],
    ['linux', '/home/a', '/home/a/Nextcloud/x', 'Nextcloud'],
    ['linux', '/home/a', '/home/b/Dropbox/x', null],
    ['linux', '/home/a', '/home/a/code/Dropbox/x', null],
    ['darwin', '/Users/a', '/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x', 'iCloud Drive'],
    ['darwin', '/Users/a', '/Users/a/Library/CloudStorage/GoogleDrive-a@b.c/My Drive/x', 'Google Drive'],
    ['win32', 'C:\\Users\\a', 'C:\\Users\\a\\OneDrive - Firma\\x', 'OneDrive'],
    ['win32', 'C:\\Users\\a', 'c:\\users\\A\\onedrive\\x', 'OneDrive'],
    ['win32', 'C:\\Users\\a', 'G:\\My Drive\\x', 'Google Drive'],
  ] as const)('%s, %s: %s is in %s', (platform, home, path, service) => {
    expect(synchronisedBy(path, platform, home)).toBe(service);
  });
});

describe('the choice of a place', () => {
  const place = (path: string, pattern = path) => ({ path, pattern });
  const said = [
    { path: '/h/.bash_history', chosen: false },
    { path: '/h/JetBrains/PyCharm1/LocalHistory', chosen: false },
    { path: '/h/A/1/x', chosen: false },
    { path: '/h/A/2/x', chosen: true },
  ];

  it('is what was said of it, else what is proposed', () => {
    expect(isPlaceChosen(place('/h/.bash_history'), said, true)).toBe(false);
    expect(isPlaceChosen(place('/h/.zsh_history'), said, true)).toBe(true);
    expect(isPlaceChosen(place('/var/log'), said, false)).toBe(false);
  });

  it('holds for a later version of the same program, where it was the same of all of them', () => {
    const later = place('/h/JetBrains/PyCharm2/LocalHistory', '/h/JetBrains/*/LocalHistory');
    expect(isPlaceChosen(later, said, true)).toBe(false);
    expect(isPlaceChosen(place('/h/A/3/x', '/h/A/*/x'), said, true)).toBe(true);
    expect(isPlaceChosen(place('/h/JetBrains/PyCharm2/caches', '/h/JetBrains/*/caches'), said, true)).toBe(
      true,
    );
  });

  it('is replaced by the next one', () => {
    const next = withChoices(said, [{ path: '/h/.bash_history', chosen: true }]);
    expect(next).toHaveLength(said.length);
    expect(isPlaceChosen(place('/h/.bash_history'), next, false)).toBe(true);
  });
});

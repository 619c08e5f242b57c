// Copies that editors keep beside what was saved: local history, unsaved buffers, swap and undo files, state databases.
import type { PlaceKind } from '../../model/finding.ts';
import { placesOf, type WellKnownPlace } from './place.ts';

/** Editors built on VS Code, by the name of their folder. A state database of one that chats holds the chats. */
const codeFamily: readonly (readonly [folder: string, tool: string, chats: boolean])[] = [
  ['Code', 'VS Code', false],
  ['Code - Insiders', 'VS Code Insiders', false],
  ['Code - OSS', 'Code OSS', false],
  ['VSCodium', 'VSCodium', false],
  ['VSCodium - Insiders', 'VSCodium Insiders', false],
  ['Cursor', 'Cursor', true],
  ['Cursor Nightly', 'Cursor', true],
  ['Windsurf', 'Windsurf', true],
  ['Windsurf - Next', 'Windsurf', true],
  ['Trae', 'Trae', true],
  ['Kiro', 'Kiro', true],
  ['Antigravity', 'Antigravity', true],
  ['Void', 'Void', true],
  ['Positron', 'Positron', false],
  ['Azure Data Studio', 'Azure Data Studio', false],
];

/** The same tree of a remote or packaged editor, by where its `User` folder is. */
const otherUserFolders: readonly (readonly [folder: string, tool: string])[] = [
  ['~/.vscode-server/data/User', 'VS Code on a remote machine'],
  ['~/.vscode-server-insiders/data/User', 'VS Code Insiders on a remote machine'],
  ['~/.vscode-remote/data/User', 'VS Code in a container'],
  ['~/.cursor-server/data/User', 'Cursor on a remote machine'],
  ['~/.windsurf-server/data/User', 'Windsurf on a remote machine'],
  ['{data}/code-server/User', 'code-server'],
  ['~/.var/app/com.visualstudio.code/config/Code/User', 'VS Code (Flatpak)'],
  ['~/.var/app/com.vscodium.codium/config/VSCodium/User', 'VSCodium (Flatpak)'],
];

/** Extensions that chat, by their folder under globalStorage or a workspace's storage. */
const chatExtensions: readonly (readonly [id: string, tool: string])[] = [
  ['saoudrizwan.claude-dev', 'Cline'],
  ['rooveterinaryinc.roo-cline', 'Roo Code'],
  ['kilocode.kilo-code', 'Kilo Code'],
  ['github.copilot-chat', 'GitHub Copilot Chat'],
  ['github.copilot', 'GitHub Copilot'],
  ['continue.continue', 'Continue'],
  ['sourcegraph.cody-ai', 'Cody'],
  ['augment.vscode-augment', 'Augment'],
  ['amazonwebservices.amazon-q-vscode', 'Amazon Q'],
  ['google.geminicodeassist', 'Gemini Code Assist'],
  ['openai.chatgpt', 'Codex'],
  ['anthropic.claude-code', 'Claude Code'],
  ['genieai.chatgpt-vscode', 'Genie'],
];

const settingsOf = (user: string): readonly (readonly [string, PlaceKind])[] => [
  [`${user}/settings.json`, 'working-file'],
  [`${user}/mcp.json`, 'mcp-config'],
  [`${user}/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json`, 'mcp-config'],
  [`${user}/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json`, 'mcp-config'],
  [`${user}/globalStorage/kilocode.kilo-code/settings/mcp_settings.json`, 'mcp-config'],
];

const userTree = (user: string, tool: string, chats: boolean): readonly WellKnownPlace[] => [
  ...placesOf(tool, [
    [`${user}/History/`, 'editor-history'],
    [`${user}/globalStorage/state.vscdb`, chats ? 'transcript' : 'editor-history'],
    [`${user}/globalStorage/state.vscdb.backup`, chats ? 'transcript' : 'editor-history'],
    [`${user}/globalStorage/emptyWindowChatSessions/`, 'transcript'],
    [`${user}/globalStorage/storage.json`, 'editor-history'],
    [`${user}/workspaceStorage/`, chats ? 'transcript' : 'editor-history'],
    [`${user}/workspaceStorage/*/chatSessions/`, 'transcript'],
    [`${user}/workspaceStorage/*/chatEditingSessions/`, 'transcript'],
    [`${user}/workspaceStorage/*/GitHub.copilot-chat/`, 'transcript'],
    ...settingsOf(user),
  ]),
  ...chatExtensions.map(([id, by]): WellKnownPlace => ({
    at: `${user}/globalStorage/${id}/`,
    kind: 'transcript',
    tool: `${by} in ${tool}`,
  })),
];

const codePlaces: readonly WellKnownPlace[] = [
  ...codeFamily.flatMap(([folder, tool, chats]) => [
    ...userTree(`{apps}/${folder}/User`, tool, chats),
    ...placesOf(tool, [
      [`{apps}/${folder}/Backups/`, 'editor-history'],
      [`{apps}/${folder}/logs/`, 'log'],
      [`{apps}/${folder}/WebStorage/`, 'editor-history'],
    ]),
  ]),
  ...otherUserFolders.flatMap(([folder, tool]) => userTree(folder, tool, /Cursor|Windsurf/.test(tool))),
];

export const editorPlaces: readonly WellKnownPlace[] = [
  ...codePlaces,
  ...placesOf('JetBrains editors', [
    ['{cache}/JetBrains/*/LocalHistory/', 'editor-history'],
    // The texts themselves, to which the local history points; packed with LZ4 where that makes them shorter.
    ['{cache}/JetBrains/*/caches/content.dat', 'editor-history'],
    ['{cache}/JetBrains/*/caches/content.dat.storageData', 'editor-history'],
    ['{cache}/JetBrains/*/log/', 'log'],
    ['{state}/JetBrains/*/log/', 'log'],
    ['{apps}/JetBrains/*/scratches/', 'editor-history'],
    ['{apps}/JetBrains/*/consoles/', 'editor-history'],
    ['{apps}/JetBrains/*/options/', 'editor-history'],
    ['{apps}/JetBrains/*/workspace/', 'editor-history'],
    ['{apps}/JetBrains/*/mcp/', 'mcp-config'],
    ['~/Library/Logs/JetBrains/', 'log'],
    ['**/.idea/httpRequests/', 'editor-history'],
    ['**/.idea/workspace.xml', 'editor-history'],
    ['**/.idea/dataSources.local.xml', 'credentials-file'],
    ['**/.idea/shelf/', 'editor-history'],
  ]),
  ...placesOf('Android Studio', [['{cache}/Google/*/LocalHistory/', 'editor-history']]),
  ...placesOf('Vim', [
    ['{state}/vim/', 'editor-history'],
    ['~/.vim/swap/', 'editor-history'],
    ['~/.vim/undo/', 'editor-history'],
    ['~/.vim/backup/', 'backup'],
  ]),
  ...placesOf('Neovim', [
    ['{state}/nvim/swap/', 'editor-history'],
    ['{state}/nvim/undo/', 'editor-history'],
    ['{state}/nvim/backup/', 'backup'],
    ['{data}/nvim/swap/', 'editor-history'],
    ['{data}/nvim-data/swap/', 'editor-history'],
    ['{data}/nvim-data/undo/', 'editor-history'],
  ]),
  ...placesOf('Emacs', [
    ['~/.emacs.d/auto-save-list/', 'editor-history'],
    ['~/.emacs.d/backups/', 'backup'],
    ['~/.emacs.d/recentf', 'editor-history'],
    ['{config}/emacs/auto-save-list/', 'editor-history'],
    ['**/.saves/', 'backup'],
  ]),
  ...placesOf('nano', [['{data}/nano/', 'editor-history']]),
  ...placesOf('Sublime Text', [
    ['{apps}/sublime-text/Local/', 'editor-history'],
    ['{apps}/Sublime Text/Local/', 'editor-history'],
    ['{apps}/sublime-text-3/Local/', 'editor-history'],
  ]),
  ...placesOf('Zed', [
    ['{data}/zed/db/', 'editor-history'],
    ['~/Library/Application Support/Zed/db/', 'editor-history'],
  ]),
  ...placesOf('Helix', [['{cache}/helix/', 'log']]),
  ...placesOf('Notepad++', [
    ['{apps}/Notepad++/backup/', 'editor-history'],
    ['{apps}/Notepad++/session.xml', 'editor-history'],
  ]),
  ...placesOf('Kate', [['{data}/kate/', 'editor-history']]),
  ...placesOf('gedit', [['{data}/gedit/', 'editor-history']]),
  ...placesOf('TextMate', [['~/Library/Application Support/TextMate/Session/', 'editor-history']]),
  ...placesOf('BBEdit', [['~/Library/BBEdit/Auto-Save Recovery/', 'editor-history']]),
  ...placesOf('Local History for VS Code', [['**/.history/', 'editor-history']]),
  ...placesOf('DBeaver', [
    ['{data}/DBeaverData/workspace6/', 'editor-history'],
    ['~/Library/DBeaverData/workspace6/', 'editor-history'],
    ['{apps}/DBeaverData/workspace6/', 'editor-history'],
  ]),
  ...placesOf('Postman', [
    ['{apps}/Postman/', 'database'],
    ['~/Postman/', 'database'],
  ]),
  ...placesOf('Insomnia', [['{apps}/Insomnia/', 'database']]),
  ...placesOf('Bruno', [['{apps}/bruno/', 'editor-history']]),
  ...placesOf('the desktop’s list of recent files', [['{data}/recently-used.xbel', 'editor-history']]),
];

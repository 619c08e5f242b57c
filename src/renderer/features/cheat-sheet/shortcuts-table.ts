// Every shortcut once: the cheat sheet and the palette read this table.
export type Shortcut = { readonly chord: string; readonly words: string };
export type ShortcutGroup = { readonly title: string; readonly shortcuts: readonly Shortcut[] };

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'The key in sight',
    shortcuts: [
      { chord: 'C', words: 'copy; again to clear, or to say yes' },
      { chord: 'Space', words: 'reveal while held' },
      { chord: 'K', words: 'check: ask its provider' },
      { chord: 'R', words: 'turn: a new value, the old one revoked' },
      { chord: 'E', words: 'edit' },
      { chord: 'W', words: 'what to watch about it' },
      { chord: 'Del', words: 'remove' },
    ],
  },
  {
    title: 'The list',
    shortcuts: [
      { chord: '↑+↓', words: 'move' },
      { chord: 'Home+End', words: 'first and last' },
      { chord: 'Enter', words: 'open' },
      { chord: '/', words: 'find' },
      { chord: 'Esc', words: 'back' },
    ],
  },
  {
    title: 'Pictures: overview, checks, turns',
    shortcuts: [
      { chord: '←+→', words: 'from mark to mark' },
      { chord: '↑+↓', words: 'from row to row' },
      { chord: 'Enter', words: 'open' },
    ],
  },
  {
    title: 'Anywhere',
    shortcuts: [
      { chord: 'Mod+K', words: 'anything: actions and keys' },
      { chord: 'Mod+V', words: 'add the key on the clipboard' },
      { chord: 'Shift+K', words: 'check all keys' },
      { chord: 'O', words: 'overview' },
      { chord: 'D', words: 'what is due' },
      { chord: 'T', words: 'turns' },
      { chord: 'L', words: 'pasted keys' },
      { chord: 'P', words: 'providers' },
      { chord: 'N', words: 'add a key' },
      { chord: 'I', words: 'import a .env file' },
      { chord: 'X', words: 'export an environment' },
      { chord: 'Mod+Z', words: 'undo what was just said' },
      { chord: 'Mod+,', words: 'settings' },
      { chord: 'Mod+L', words: 'lock' },
      { chord: '?', words: 'this sheet' },
    ],
  },
];

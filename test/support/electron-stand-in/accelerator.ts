// Accelerators as Electron writes them (`CommandOrControl+Shift+K`), matched against keys as pages report them.

export type KeyInput = {
  readonly key: string;
  readonly code: string;
  readonly control: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
};
export type Accelerator = Pick<KeyInput, 'control' | 'shift' | 'alt' | 'meta'> & { readonly key: string };

const isMac = process.platform === 'darwin';
const modifiers: Readonly<Record<string, 'control' | 'shift' | 'alt' | 'meta'>> = {
  ctrl: 'control',
  control: 'control',
  cmdorctrl: isMac ? 'meta' : 'control',
  commandorcontrol: isMac ? 'meta' : 'control',
  cmd: 'meta',
  command: 'meta',
  super: 'meta',
  meta: 'meta',
  alt: 'alt',
  option: 'alt',
  altgr: 'alt',
  shift: 'shift',
};
const keyNames: Readonly<Record<string, string>> = {
  plus: '+',
  space: ' ',
  esc: 'escape',
  return: 'enter',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
  del: 'delete',
};

/** Undefined where the text is no accelerator. */
export const parseAccelerator = (text: string): Accelerator | undefined => {
  const parts = text.split('+').map((part) => part.trim().toLowerCase());
  const last = parts.pop() ?? '';
  const found = { control: false, shift: false, alt: false, meta: false };
  for (const part of parts) {
    const modifier = modifiers[part];
    if (modifier === undefined) return undefined;
    found[modifier] = true;
  }
  const key = keyNames[last] ?? (last === '' ? '+' : last);
  return modifiers[last] === undefined ? { ...found, key } : undefined;
};

export const matchesAccelerator = (accelerator: Accelerator, input: KeyInput): boolean => {
  const { control, shift, alt, meta, key } = accelerator;
  if (control !== input.control || alt !== input.alt || meta !== input.meta) return false;
  const pressed = input.key.toLowerCase();
  const byCode = /^(?:Key|Digit)(.)$/.exec(input.code)?.[1]?.toLowerCase();
  // A sign that needs Shift (`+`, `?`) is matched by the sign alone.
  if (pressed === key && (shift === input.shift || !/^[a-z0-9]$|..+/.test(key))) return true;
  return byCode === key && shift === input.shift;
};

// app.commandLine: the switches the app was started with, and those it adds for Chromium before `ready`.
import type { CommandLine as Real } from 'electron';

const switches = new Map<string, string>();
const added = new Set<string>();

/** Reads the switches of an argument list, as Chromium does: up to a lone `--`. */
export const readSwitches = (list: readonly string[]): void => {
  const end = list.indexOf('--');
  for (const item of end < 0 ? list : list.slice(0, end)) {
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(item);
    if (match) switches.set((match[1] ?? '').toLowerCase(), match[2] ?? '');
  }
};

/** What the app added, as Chromium wants it. */
export const addedSwitches = (): string[] =>
  [...added].map((name) => (switches.get(name) ? `--${name}=${switches.get(name) ?? ''}` : `--${name}`));

export const commandLine = {
  hasSwitch: (name: string): boolean => switches.has(name.toLowerCase()),
  getSwitchValue: (name: string): string => switches.get(name.toLowerCase()) ?? '',
  appendSwitch: (name: string, value = ''): void => {
    switches.set(name.toLowerCase(), value);
    added.add(name.toLowerCase());
  },
  appendArgument: (): void => {},
  removeSwitch: (name: string): void => {
    switches.delete(name.toLowerCase());
    added.delete(name.toLowerCase());
  },
} satisfies Pick<Real, 'hasSwitch' | 'getSwitchValue' | 'appendSwitch' | 'appendArgument' | 'removeSwitch'>;

// What is proposed to be read at the first run, and what reading it would mean: places by kind, and folders in which code tends to lie.
// Names only; which of them are there is for node/scan/walk-proposal.ts to see.
import type { PlaceKind } from '../../model/finding.ts';
import {
  baseOf,
  isFolderPlace,
  segmentsOf,
  type Bases,
  type Platform,
  type WellKnownPlace,
} from './place.ts';
import { wellKnownPlaces } from './tables.ts';

/** A place of one home. Segments that are `*` stand for one name each. */
export type ProposedPlace = {
  /** Absolute, joined by the platform's separator. */
  readonly path: string;
  /** The path as the tables have it: a `*` stands for one name. */
  readonly pattern: string;
  readonly kind: PlaceKind;
  readonly isFolder: boolean;
  readonly tool: string;
  /** What reading it would mean, one sentence. */
  readonly reads: string;
};

const whatIsThere: Readonly<Partial<Record<PlaceKind, string>>> = {
  'shell-history': 'what was typed at a prompt, with every key that was part of a command',
  transcript: 'conversations with an assistant, with whatever was pasted into them or read aloud to it',
  'agent-settings': 'settings and permission rules of an assistant, which can hold whole commands',
  'mcp-config': 'tool servers of an assistant with the keys they are started with',
  'credentials-file': 'keys and settings that the tool itself keeps there',
  'env-file': 'environment variables of a project',
  log: 'logs of commands and errors',
  'editor-history': 'earlier versions and unsaved text that the editor keeps',
  backup: 'copies of files as they were before',
  database: 'text that the program keeps in a database',
  document: 'notes and documents',
  terminal: 'what was shown in a terminal',
  clipboard: 'what was copied earlier',
  'working-file': 'settings of the program',
};

const readsOf = (place: WellKnownPlace): string =>
  `${place.tool}: ${whatIsThere[place.kind] ?? 'text that the program keeps there'}.`;

const pathOf = (place: WellKnownPlace, bases: Bases, separator: string): string | null => {
  const parts = segmentsOf(place.at);
  if (place.at.startsWith('/')) return separator === '/' ? `/${parts.join('/')}` : null;
  const base = baseOf(place.at);
  return base === null ? null : [bases[base], ...parts].join(separator);
};

/** The well-known places of a home, each path once, in the order of the tables. */
export const placesOfHome = (platform: Platform, bases: Bases): readonly ProposedPlace[] => {
  const separator = platform === 'win32' ? '\\' : '/';
  const seen = new Map<string, ProposedPlace>();
  for (const place of wellKnownPlaces) {
    if (place.on !== undefined && !place.on.includes(platform)) continue;
    const path = pathOf(place, bases, separator);
    if (path === null || seen.has(path)) continue;
    seen.set(path, {
      path,
      pattern: path,
      kind: place.kind,
      isFolder: isFolderPlace(place),
      tool: place.tool,
      reads: readsOf(place),
    });
  }
  return [...seen.values()];
};

/** Names below the home folder in which people and tools keep code; `/` between levels. In the order in which they are shown. */
export const codeFolderNames: readonly string[] = [
  'code',
  'Code',
  'src',
  'source/repos',
  'projects',
  'Projects',
  'project',
  'dev',
  'Dev',
  'devel',
  'development',
  'Development',
  'Developer',
  'work',
  'Work',
  'workspace',
  'Workspace',
  'workspaces',
  'git',
  'Git',
  'github',
  'GitHub',
  'gitlab',
  'repos',
  'Repos',
  'repositories',
  'sites',
  'Sites',
  'www',
  'go/src',
  'ghq',
  'Documents/GitHub',
  'Documents/Code',
  'Documents/code',
  'Documents/Projects',
  'Documents/projects',
  'IdeaProjects',
  'PycharmProjects',
  'WebstormProjects',
  'PhpstormProjects',
  'GolandProjects',
  'CLionProjects',
  'RubymineProjects',
  'RiderProjects',
  'RustroverProjects',
  'AndroidStudioProjects',
  'StudioProjects',
  'eclipse-workspace',
  'notebooks',
  'scripts',
  'bin',
  'dotfiles',
  '.dotfiles',
];

/** Folders of a home that hold more than code and are proposed unchecked. */
export const generalFolderNames: readonly string[] = ['Desktop', 'Documents', 'Downloads'];

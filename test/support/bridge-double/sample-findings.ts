// Findings as the agent shows them, of keys that are nobody's: places and masks only. For windows over a desk of findings.
import type { CallOutput } from '../../../src/contract/contract.ts';

export type Found = CallOutput<'leaks.list'>['findings'][number];
export type Scan = CallOutput<'scan.read'>;
export type Root = CallOutput<'scan.roots'>[number];
export type Guard = CallOutput<'guard.status'>[number];

const idDigits = 32;
const commitDigits = 40;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** An id that is the same for the same number. */
export const idOf = (number: number): string => number.toString(16).padStart(idDigits, '0');
export const commitOf = (number: number): string =>
  (number * 2_654_435_761)
    .toString(16)
    .slice(-8)
    .padStart(8, '0')
    .repeat(commitDigits / 8);

export type Owner = Pick<
  Found,
  'keyId' | 'name' | 'provider' | 'providerName' | 'kind' | 'valueMark' | 'masked'
> &
  Partial<Pick<Found, 'projectName' | 'liveState' | 'pattern'>>;

/** One finding, number by number; what is not said is that of a file in a work tree. */
export const finding = (
  number: number,
  owner: Owner,
  part: Partial<Omit<Found, 'place'>> & { readonly place?: Partial<Found['place']> } = {},
): Found => {
  const { place, ...rest } = part;
  const firstSeenMs = Date.now() - 6 * dayMs;
  return {
    id: idOf(number),
    projectId: null,
    projectName: null,
    field: owner.keyId === null ? null : 'secret',
    isCurrent: owner.keyId === null ? null : true,
    pattern: null,
    liveState: null,
    encoding: 'plain',
    facts: { pushed: null, publicRemote: null, ignored: null, synchronised: null, othersCanRead: null },
    severity: 'medium',
    why: ['It is a file that this account alone can read.'],
    firstSeenMs,
    lastSeenMs: Date.now() - 2 * hourMs,
    state: 'open',
    stateAtMs: firstSeenMs,
    accepted: null,
    scrub: null,
    commands: [],
    ...owner,
    ...rest,
    place: {
      kind: 'working-file',
      path: `/home/you/src/shop/config-${number}.ts`,
      inside: '',
      commit: null,
      line: 12,
      column: 18,
      ...place,
    },
  };
};

export const noScan: Scan = {
  state: 'done',
  startedAtMs: null,
  endedAtMs: null,
  label: '',
  filesScanned: 0,
  bytesScanned: 0,
  filesUnchanged: 0,
  bytesTotal: null,
  msLeft: null,
  findings: 0,
  notRead: [],
  notReadSamples: [],
};

export const endedScan = (nowMs: number): Scan => ({
  ...noScan,
  startedAtMs: nowMs - 9_000,
  endedAtMs: nowMs - 2_000,
  filesScanned: 48_312,
  bytesScanned: 2_140_000_000,
  filesUnchanged: 31_007,
  notRead: [
    { reason: 'ignored-folder', count: 12 },
    { reason: 'no-permission', count: 2 },
    { reason: 'too-large', count: 1 },
  ],
  notReadSamples: [
    { path: '/home/you/src/shop/node_modules', inside: '', reason: 'ignored-folder' },
    { path: '/home/you/src/old/vendor.zip', inside: 'node_modules', reason: 'ignored-folder' },
    { path: '/home/you/.ssh/agent', inside: '', reason: 'no-permission' },
    { path: '/home/you/disk.img', inside: '', reason: 'too-large' },
  ],
});

export const sampleRoots: readonly Root[] = [
  {
    path: '/home/you/src',
    origin: 'proposed',
    kind: null,
    chosen: true,
    reads: 'Every file below this folder, and the history of the repositories in it.',
    history: true,
    watched: true,
  },
  {
    path: '/home/you/Documents',
    origin: 'proposed',
    kind: null,
    chosen: false,
    reads: 'Every file below this folder.',
    history: false,
    watched: false,
  },
  ...(
    [
      [
        '/home/you/.bash_history',
        'shell-history',
        'bash: what was typed at a prompt, with every key that was part of a command. 1 file, 84 kB.',
      ],
      [
        '/home/you/.zsh_history',
        'shell-history',
        'zsh: what was typed at a prompt, with every key that was part of a command. 1 file, 84 kB.',
      ],
      [
        '/home/you/.claude/projects',
        'transcript',
        'Claude Code: conversations with an assistant, with whatever was pasted into them or read aloud to it. 212 files, 96 MB.',
      ],
    ] as const
  ).map(([path, kind, reads]): Root => ({
    path,
    origin: 'place',
    kind,
    chosen: true,
    reads,
    history: false,
    watched: true,
  })),
];

export const sampleGuards: readonly Guard[] = [
  {
    repo: '/home/you/src/shop',
    installed: true,
    prePush: false,
    chained: '/home/you/src/shop/.husky/pre-commit',
    owner: 'husky',
    problem: null,
  },
  {
    repo: '/home/you/src/notes',
    installed: false,
    prePush: false,
    chained: null,
    owner: 'git',
    problem: null,
  },
];

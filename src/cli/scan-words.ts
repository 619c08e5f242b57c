// Findings in the words of the command line: for people, as JSON, as one line. Names of files are other people's text: what steers a terminal
// was taken out by the agent and is taken out here once more.
import type { CallOutput } from '../contract/contract.ts';
import { printable } from './terminal.ts';
import { isoTime } from './iso-time.ts';

export type Finding = CallOutput<'leaks.list'>['findings'][number];
export type Scan = CallOutput<'scan.read'>;

/** The promise of shared/cli.md, with what was added since. */
export const findingJson = (finding: Finding) => ({
  id: finding.id,
  keyId: finding.keyId,
  name: finding.name,
  pattern: finding.pattern,
  provider: finding.provider,
  kind: finding.kind,
  path: finding.place.path,
  line: finding.place.line,
  column: finding.place.column,
  commit: finding.place.commit,
  encoding: finding.encoding,
  severity: finding.severity,
  masked: finding.masked,
  place: finding.place.kind,
  inside: finding.place.inside,
  field: finding.field,
  current: finding.isCurrent,
  state: finding.state,
  live: finding.liveState,
  why: finding.why,
  firstSeenAt: isoTime(finding.firstSeenMs),
  lastSeenAt: isoTime(finding.lastSeenMs),
  scrub: finding.scrub,
  commands: finding.commands,
});

/** `path:line:column`, with what lies inside and the commit. */
export const placeText = ({ place }: Finding): string => {
  const line = place.line === null ? '' : `:${String(place.line)}`;
  const column = place.line === null || place.column === null ? '' : `:${String(place.column)}`;
  const inside = place.inside === '' ? '' : ` (${place.inside})`;
  const commit = place.commit === null ? '' : ` @${place.commit.slice(0, 12)}`;
  return printable(`${place.path}${line}${column}${inside}${commit}`).replaceAll('\n', '\ufffd');
};

export const whoseText = (finding: Finding): string => {
  const version = finding.isCurrent === false ? ' (an earlier value)' : '';
  if (finding.name !== null) return printable(`${finding.name}${version}`);
  const provider = finding.providerName ?? 'an unknown provider';
  return printable(`unknown key of ${provider} ${finding.masked}`);
};

/** One finding, one line: what `watch` prints. */
export const lineText = (finding: Finding): string =>
  `${finding.severity.padEnd(8)} ${placeText(finding)}  ${whoseText(finding)}`;

const inWords = (finding: Finding): string =>
  [
    lineText(finding),
    ...finding.why.slice(0, 3).map((words) => `           ${printable(words)}`),
    ...finding.commands.map((command) => `           $ ${printable(command)}`),
  ].join('\n');

const bytesText = (bytes: number): string =>
  bytes < 1_000_000 ? `${String(Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

const notReadWords: Readonly<Partial<Record<Scan['notRead'][number]['reason'], string>>> = {
  'no-permission': 'without permission',
  'too-large': 'too large',
  link: 'links',
  'not-a-file': 'no regular files',
  'ignored-folder': 'folders of other people’s code',
  'ignored-by-rule': 'by .keyturnignore',
  'broken-archive': 'broken archives',
  'network-folder': 'on a network',
  encrypted: 'encrypted',
};

const notReadText = ({ notRead }: Scan): readonly string[] =>
  notRead.length === 0
    ? []
    : [
        `Not read: ${notRead.map(({ reason, count }) => `${String(count)} ${notReadWords[reason] ?? reason.replaceAll('-', ' ')}`).join(', ')}.`,
      ];

/** What a scan found, for people. */
export const scanText = (findings: readonly Finding[], scan: Scan): string => {
  const ms = (scan.endedAtMs ?? 0) - (scan.startedAtMs ?? 0);
  const unchanged =
    scan.filesUnchanged === 0 ? '' : `, ${String(scan.filesUnchanged)} unchanged since the last scan`;
  const read = `${String(scan.filesScanned)} files, ${bytesText(scan.bytesScanned)} in ${(ms / 1_000).toFixed(1)} s${unchanged}.`;
  const count =
    findings.length === 0
      ? 'No pasted key was found.'
      : `${String(findings.length)} ${findings.length === 1 ? 'place' : 'places'} where a key was pasted.`;
  return [
    ...findings.map(inWords),
    ...(findings.length === 0 ? [] : ['']),
    `${count} ${read}`,
    ...notReadText(scan),
  ].join('\n');
};

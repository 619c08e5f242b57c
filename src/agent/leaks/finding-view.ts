// A finding in the contract's words: whose it is, how bad, why, and what can be done about it where it stands.
import type { CallOutput } from '../../contract/contract.ts';
import type { Finding, PlaceKind } from '../../core/model/finding.ts';
import { currentVersion, type Book, type HeldFinding } from '../../core/keys/book.ts';
import { commandsFor } from '../../core/leaks/findings/commands.ts';
import { lifeOf, valueFacts } from '../../core/leaks/findings/value-life.ts';
import { judgeFinding } from '../../core/leaks/severity.ts';
import { isPresent } from '../../core/leaks/states.ts';

export type FindingView = CallOutput<'leaks.list'>['findings'][number];

/** Files that a person edits, or that a shell writes: there a value can be replaced, or its line removed. */
const scrubbed: ReadonlySet<PlaceKind> = new Set([
  'working-file',
  'env-file',
  'shell-history',
  'transcript',
  'agent-settings',
  'mcp-config',
  'credentials-file',
  'log',
  'editor-history',
  'backup',
  'notebook',
]);

/** What can be done where it stands; null for what lies inside something else, or in the history of a repository. */
export const scrubOf = (finding: Finding): FindingView['scrub'] => {
  const { kind, inside, commit } = finding.place;
  if (!isPresent(finding) || commit !== null || inside !== '' || !scrubbed.has(kind)) return null;
  return kind === 'shell-history' ? 'remove-line' : 'replace';
};

/** The command line reveals what is current; for an earlier value there is no name to give. */
const revealedName = (book: Book, finding: Finding): string | null => {
  const held = finding.keyId === null ? undefined : book.keys.get(finding.keyId);
  if (held === undefined || currentVersion(held.body).id !== finding.versionId) return null;
  return held.body.name;
};

const cut = (text: string, most = 300): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;

/** Shows one finding as of now. */
export const viewFinding = (book: Book, { id, body }: HeldFinding, nowMs: number): FindingView => {
  const held = body.keyId === null ? undefined : book.keys.get(body.keyId);
  const project = held === undefined ? undefined : book.projects.get(held.body.projectId);
  const providerId = held === undefined ? body.provider : held.body.provider;
  const provider = providerId === null ? undefined : book.catalogue().find(providerId);
  const { severity, why } = judgeFinding(body, valueFacts(book, body, nowMs));
  const { place, facts, accepted } = body;
  return {
    id,
    keyId: body.keyId,
    name: held === undefined ? null : cut(held.body.name),
    projectId: held?.body.projectId ?? null,
    projectName: project === undefined ? null : cut(project.body.name),
    field: body.field,
    isCurrent: held === undefined ? null : currentVersion(held.body).id === body.versionId,
    valueMark: body.valueMark,
    pattern: body.pattern,
    provider: providerId,
    providerName: provider === undefined ? null : cut(provider.name),
    kind: body.kind,
    encoding: body.encoding,
    place: { ...place },
    facts: { ...facts },
    masked: body.masked,
    severity,
    why: why.slice(0, 12).map((words) => cut(words)),
    firstSeenMs: body.firstSeenMs,
    lastSeenMs: body.lastSeenMs,
    state: body.state,
    stateAtMs: body.stateAtMs,
    accepted: accepted === null ? null : { reason: cut(accepted.reason), untilMs: accepted.untilMs },
    scrub: scrubOf(body),
    commands: [...commandsFor(body, revealedName(book, body))],
    liveState: lifeOf(book, body, nowMs).state,
  };
};

const severityOrder: Readonly<Record<FindingView['severity'], number>> = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
};

/** The worst first; of equals the newest, then by place. */
export const byWeight = (left: FindingView, right: FindingView): number =>
  severityOrder[left.severity] - severityOrder[right.severity] ||
  right.firstSeenMs - left.firstSeenMs ||
  (left.place.path < right.place.path ? -1 : left.place.path > right.place.path ? 1 : 0) ||
  (left.place.line ?? 0) - (right.place.line ?? 0);

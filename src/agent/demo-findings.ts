// Places where the demo's keys were left: written as a scan would have left them. No file of anybody's was read, and the paths are nobody's.
import { currentVersion, type HeldKey } from '../core/keys/book.ts';
import { create, type Edit, type Work } from '../core/keys/edit.ts';
import type { Finding, Place, PlaceFacts } from '../core/model/finding.ts';
import type { KeyVersion } from '../core/model/key.ts';
import type { Result } from '../core/model/result.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const home = '/home/you';

type DemoFinding = Pick<Finding, 'encoding' | 'state'> & {
  /** Name of a key; none for a value that the vault does not know. */
  readonly key: string | null;
  /** The value that the key had before. */
  readonly former?: boolean;
  readonly place: Omit<Place, 'path'> & { readonly path: string };
  readonly facts?: Partial<PlaceFacts>;
  readonly foundMsAgo: number;
  readonly accepted?: { readonly reason: string; readonly days: number };
};

const noFacts: PlaceFacts = {
  pushed: null,
  publicRemote: null,
  ignored: null,
  synchronised: null,
  othersCanRead: null,
};

const at = (kind: Place['kind'], path: string, line: number, column: number): DemoFinding['place'] => ({
  ...{ kind, path, line, column },
  inside: '',
  commit: null,
});

const demoFindings: readonly DemoFinding[] = [
  {
    key: 'payouts-prod',
    encoding: 'base64',
    state: 'open',
    place: {
      ...at('commit', 'src/shop', 31, 12),
      inside: 'deploy/values.yaml',
      commit: '5384'.repeat(10),
    },
    facts: { pushed: true, publicRemote: true },
    foundMsAgo: 5 * dayMs,
  },
  {
    key: 'payouts-prod',
    encoding: 'escaped',
    state: 'open',
    place: at('transcript', '.claude/projects/shop/session.jsonl', 88, 240),
    foundMsAgo: 2 * dayMs,
  },
  {
    key: 'payouts-prod',
    former: true,
    encoding: 'plain',
    state: 'resolved',
    place: at('shell-history', '.zsh_history', 2_114, 9),
    foundMsAgo: 104 * dayMs,
  },
  {
    key: 'datapoints-live',
    encoding: 'plain',
    state: 'returned',
    place: at('notebook', 'src/reports/prices.ipynb', 61, 17),
    facts: { synchronised: 'Dropbox', othersCanRead: true },
    foundMsAgo: 9 * dayMs,
  },
  {
    key: null,
    encoding: 'plain',
    state: 'open',
    place: at('editor-history', 'src/shop/config.ts~', 14, 3),
    facts: { othersCanRead: true },
    foundMsAgo: 30 * hourMs,
  },
  {
    key: 'wallets-test',
    encoding: 'plain',
    state: 'accepted',
    place: at('env-file', 'src/shop/.env.local', 3, 20),
    facts: { ignored: true },
    foundMsAgo: 21 * dayMs,
    accepted: { reason: 'A test key on my own machine', days: 60 },
  },
];

type Whose = Pick<
  Finding,
  'keyId' | 'versionId' | 'field' | 'pattern' | 'provider' | 'kind' | 'valueMark' | 'masked'
>;

/** A value of Resend's that nobody put into the vault. */
const unknown = (work: Work): Whose => ({
  ...{ keyId: null, versionId: null, field: null, pattern: 'resend/key', provider: 'resend' },
  ...{ kind: 'live', valueMark: work.newId(), masked: 're_…' },
});

const versionOf = ({ body }: HeldKey, former: boolean): KeyVersion =>
  (former ? body.versions.at(-2) : undefined) ?? currentVersion(body);

const known = (held: HeldKey, former: boolean): Whose => {
  const version = versionOf(held, former);
  const field = version.fields.find(({ name }) => name === 'secret');
  return {
    ...{ keyId: held.id, versionId: version.id, field: 'secret', pattern: null, valueMark: null },
    ...{ provider: held.body.provider, kind: held.body.kind, masked: field?.masked ?? '…' },
  };
};

const written = (work: Work, whose: Whose, demo: DemoFinding): Finding => {
  const { place, encoding, state, facts, foundMsAgo, accepted } = demo;
  const firstSeenMs = work.nowMs - foundMsAgo;
  const isThere = state !== 'resolved';
  return {
    type: 'finding',
    mark: work.newId(),
    ...whose,
    encoding,
    place: { ...place, path: `${home}/${place.path}` },
    facts: { ...noFacts, ...facts },
    firstSeenMs,
    lastSeenMs: isThere ? work.nowMs - 2 * hourMs : firstSeenMs,
    state,
    stateAtMs: isThere ? firstSeenMs : firstSeenMs + dayMs,
    accepted:
      accepted === undefined
        ? null
        : { reason: accepted.reason, untilMs: firstSeenMs + accepted.days * dayMs },
    asked: null,
  };
};

/** Writes the places of the demo's keys, in one commit. */
export const findThrough = (
  work: () => Work,
  commit: (edit: Edit<undefined>) => Result<undefined>,
): Result<undefined> => {
  const now = work();
  const changes = demoFindings.map((demo) => {
    const held = [...now.book.keys.values()].find(({ body }) => body.name === demo.key);
    if (held === undefined && demo.key !== null)
      throw new Error(`the demo finds a key that it does not have: ${demo.key}`);
    const whose = held === undefined ? unknown(now) : known(held, demo.former === true);
    return create(now.newId(), written(now, whose, demo));
  });
  return commit({ value: undefined, changes, audit: [] });
};

// Stored records are read strictly; what this version does not know is kept and counted, never dropped.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStored } from '../../../src/core/keys/stored.ts';
import { openBook } from '../../../src/core/keys/live-book.ts';
import type { JsonObject, JsonValue } from '../../../src/core/model/json.ts';

const id = 'a'.repeat(32);
const field = { name: 'secret', variable: null, secret: true, value: null, masked: 'm' };
const version = {
  id,
  number: 1,
  addedAtMs: 1,
  addedBy: 'x',
  replacedAtMs: null,
  fields: [field],
  fingerprints: { secret: 'f' },
};
const key: JsonObject = {
  type: 'key',
  name: 'k',
  portalName: '',
  provider: null,
  kind: 'live',
  class: 'unknown',
  account: '',
  organisation: '',
  team: '',
  owner: '',
  ipAllowlist: [],
  roles: [],
  createdOn: null,
  expiresOn: null,
  expiryFixed: false,
  revealable: 'once',
  movesMoney: false,
  quotaPool: '',
  auditEmail: '',
  portalUrl: '',
  arrival: 'unknown',
  notes: '',
  tags: [],
  projectId: id,
  environmentIds: [id],
  consumers: [],
  versions: [version],
  removedAtMs: null,
  addedAtMs: 1,
  changedAtMs: 1,
};
const rotation: JsonObject = {
  type: 'rotation',
  keyId: id,
  way: 'admin-key',
  shape: 'overlap',
  order: 'overlap',
  reason: 'asked',
  by: 'app',
  startedAtMs: 1,
  foundAtMs: null,
  deadAtMs: 3,
  graceMs: 0,
  graceUntilMs: null,
  step: 'create',
  phase: 'begun',
  againAtMs: null,
  waitsFor: '',
  stepSinceMs: 1,
  tries: 0,
  oldVersionId: id,
  pending: version,
  newVersionId: null,
  managerKeyId: id,
  inputs: { user: 'u' },
  learnt: { scopes: '["a"]' },
  expiresOn: '2027-01-01',
  oldRemoteId: null,
  newRemoteId: '7',
  removeFirst: null,
  attempts: [{ mark: 'k-kt-12345678', state: 'open', remoteId: null, atMs: 1 }],
  revoked: 0,
  tasks: [
    {
      id,
      kind: 'paste',
      step: 'create',
      title: 't',
      detail: '',
      who: '',
      portal: null,
      dueOn: '2027-01-01',
      optional: false,
      doneAtMs: null,
    },
  ],
  journal: [{ step: 'plan', event: 'begun', atMs: 1, what: 'w' }],
  outcome: { kind: 'turned', sentence: 's', next: '', atMs: 2 },
};
const turnCare: JsonObject = {
  type: 'turn-care',
  keyId: id,
  way: null,
  managerKeyId: null,
  inputs: {},
  graceMs: 1,
  unattended: true,
  beforeExpiryDays: 7,
  hours: { from: 9, to: 17 },
  remoteId: null,
};
const tracked: JsonObject = {
  type: 'tracked-file',
  environmentId: id,
  path: '/a/.env',
  format: 'dotenv',
  writtenAtMs: 1,
};
/** As every vault before `lost` has it. */
const care: JsonObject = {
  type: 'key-care',
  keyId: id,
  scheduled: 'yes',
  leadDays: [7, 1],
  rotateEveryDays: 90,
  ownDates: [{ label: 'l', day: '2027-01-01' }],
  snoozedUntilMs: null,
  ownerLeft: false,
  waiting: { who: 'w', what: 'd', sinceMs: 1 },
};
const careOfLost: JsonObject = { ...care, lost: { versionId: id, sinceMs: 1 } };
const finding: JsonObject = {
  type: 'finding',
  mark: 'm',
  keyId: id,
  versionId: id,
  field: 'secret',
  pattern: null,
  provider: 'circa',
  kind: 'live',
  valueMark: null,
  encoding: 'plain',
  place: { kind: 'working-file', path: '/a', inside: '', commit: null, line: 3, column: 1 },
  facts: { pushed: null, publicRemote: null, ignored: true, synchronised: 'Dropbox', othersCanRead: false },
  masked: '…',
  firstSeenMs: 1,
  lastSeenMs: 2,
  state: 'accepted',
  stateAtMs: 2,
  accepted: { reason: 'r', untilMs: 9 },
  asked: { state: 'valid', reason: 'r', atMs: 3 },
};
const leakCare: JsonObject = {
  type: 'leak-care',
  markKey: 'ab'.repeat(32),
  roots: [{ path: '/a', chosen: true, history: true, watched: false }],
  watching: true,
};
const scrub: JsonObject = {
  type: 'leak-scrub',
  findingId: id,
  path: '/a',
  what: 'replace',
  before: 'b',
  after: 'a',
  atMs: 1,
  leftMark: 'f',
  parts: [id],
  undoneAtMs: null,
};
const others: readonly JsonObject[] = [
  { type: 'project', name: 'p' },
  { type: 'environment', projectId: id, name: 'e', kind: 'ci', order: 0 },
  { type: 'variable', environmentId: id, name: 'A', value: '', order: 1 },
  rotation,
  turnCare,
  tracked,
  care,
  finding,
  leakCare,
  scrub,
];

describe('a stored record', () => {
  it('of each type is read', () => {
    for (const body of [key, ...others]) expect(readStored(body)).toBe(body);
  });

  it('about what is watched is read with and without the entry of a lost value, and with no other', () => {
    expect(readStored(careOfLost)).toBe(careOfLost);
    for (const lost of [null, true, {}, { versionId: id }, { versionId: 'x', sinceMs: 1 }])
      expect(readStored({ ...care, lost }), JSON.stringify(lost)).toBeNull();
    expect(readStored({ ...careOfLost, added: 1 })).toBeNull();
    const { waiting: _gone, ...short } = careOfLost;
    expect(readStored(short)).toBeNull();
  });

  it('about where keys are looked for is read with and without choices of single places', () => {
    const withPlaces = { ...leakCare, placeChoices: [{ path: '/a', chosen: false }] };
    expect(readStored(withPlaces)).toBe(withPlaces);
    expect(readStored({ ...leakCare, placeChoices: [{ path: '/a' }] })).toBeNull();
    const lastScan = {
      state: 'done',
      startedAtMs: 1,
      endedAtMs: 2,
      filesScanned: 3,
      bytesScanned: 4,
      filesUnchanged: 5,
      findings: 6,
      notRead: [{ reason: 'a later reason', count: 1 }],
    };
    const withBoth = { ...withPlaces, lastScan };
    expect(readStored(withBoth)).toBe(withBoth);
    expect(readStored({ ...withBoth, lastScan: { ...lastScan, state: 'running' } })).toBeNull();
  });

  it('that lacks an entry, has one more, or one of another form is unknown', () => {
    for (const body of [key, ...others]) {
      for (const name of Object.keys(body)) {
        const { [name]: _gone, ...rest } = body;
        expect(readStored(rest), `without ${name}`).toBeNull();
        expect(readStored({ ...body, [name]: { odd: true } }), `odd ${name}`).toBeNull();
      }
      expect(readStored({ ...body, added: 1 })).toBeNull();
    }
    expect(readStored({ ...key, versions: [] })).toBeNull();
    expect(readStored({ ...key, versions: [{ ...version, number: -1 }] })).toBeNull();
    expect(readStored({ ...key, versions: [{ ...version, fields: [{ ...field, more: 1 }] }] })).toBeNull();
    expect(readStored({ ...key, kind: 'staging' })).toBeNull();
    expect(readStored({ ...key, projectId: 'short' })).toBeNull();
  });

  it('is never an exception, whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        readStored(body as Record<string, JsonValue>);
      }),
    );
    expect(readStored({ type: 'constructor' })).toBeNull();
    expect(readStored({ type: '__proto__' })).toBeNull();
  });

  it('of a later version is counted and left alone', () => {
    const later: JsonObject = { type: 'policy', rule: 'x' };
    const records = new Map([
      [id, { id, revision: 1, body: later }],
      ['b'.repeat(32), { id: 'b'.repeat(32), revision: 1, body: others[0]! }],
    ]);
    const { book, update } = openBook(records);
    expect([...book.unreadable]).toEqual([id]);
    expect(book.projects.size).toBe(1);
    records.set(id, { id, revision: 2, body: others[1]! });
    update(records);
    expect(book.unreadable.size).toBe(0);
    expect(book.environments.size).toBe(1);
  });
});

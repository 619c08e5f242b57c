// A key from its first value to its end, computed on records alone.
import { describe, expect, it } from 'vitest';
import { composeKey } from '../../../src/core/keys/add-key.ts';
import { currentVersion, environmentsOf } from '../../../src/core/keys/book.ts';
import { handOver, takeBack } from '../../../src/core/keys/consumers.ts';
import { editKey, replaceValue, type KeyEdit } from '../../../src/core/keys/edit-key.ts';
import type { GivenFacts } from '../../../src/core/keys/facts.ts';
import { addProject } from '../../../src/core/keys/projects.ts';
import { emptyRemoved, emptyVersions, removeKey, undoRemove } from '../../../src/core/keys/remove-key.ts';
import { ok } from '../../../src/core/model/result.ts';
import type { StoredKey } from '../../../src/core/model/key.ts';
import { sampleKey } from '../../support/key-samples.ts';
import { newDesk, type Desk } from '../../support/key-book.ts';

const live = sampleKey('circa', 'live', 1);
const other = sampleKey('circa', 'live', 2);
const test = sampleKey('circa', 'test', 3);

type Made = { readonly desk: Desk; readonly projectId: string; readonly at: (name: string) => string };

const start = (): Made => {
  const desk = newDesk();
  const { id } = desk.apply(addProject(desk.work(), 'default'));
  const environments = environmentsOf(desk.book(), id);
  return {
    desk,
    projectId: id,
    at: (name) => environments.find(({ body }) => body.name === name)!.id,
  };
};

const compose = (
  { desk, projectId, at }: Made,
  facts: GivenFacts & { name: string },
  values = { secret: live } as Record<string, string>,
  places = ['production'],
): ReturnType<typeof composeKey> =>
  composeKey(desk.work(), { projectId, environmentIds: places.map(at), facts, values, variables: {} });

const add = (
  made: Made,
  facts: GivenFacts & { name: string },
  values?: Record<string, string>,
  places?: string[],
): string => {
  const composed = compose(made, facts, values, places);
  if (!composed.ok) throw new Error(composed.error.message);
  made.desk.apply(ok(composed.value.edit));
  return composed.value.id;
};

const bodyOf = ({ desk }: Made, id: string): StoredKey => desk.book().keys.get(id)!.body;
const edit = (made: Made, change: KeyEdit): ReturnType<typeof editKey> => editKey(made.desk.work(), change);

describe('a new key', () => {
  it('takes provider, kind and what the provider file knows from its value', () => {
    const made = start();
    const body = bodyOf(made, add(made, { name: 'data' }, { secret: live, teamId: 'team' }));
    expect(body).toMatchObject({
      provider: 'circa',
      kind: 'live',
      revealable: 'once',
      movesMoney: true,
      quotaPool: 'live credits',
      expiryFixed: false,
      portalUrl: 'https://app.circa.ai',
    });
    expect(currentVersion(body).fields).toEqual([
      expect.objectContaining({ name: 'secret', variable: 'CIRCA_API_KEY', secret: true, value: null }),
      expect.objectContaining({ name: 'teamId', variable: 'CIRCA_TEAM_ID', secret: false, value: 'team' }),
    ]);
    expect(JSON.stringify([...made.desk.records.values()])).not.toContain(live);
    expect([...made.desk.secrets.values()]).toEqual([JSON.stringify({ secret: live })]);
    expect(JSON.stringify(made.desk.audit)).not.toContain(live);
  });

  it('keeps what a person said against what the provider file says', () => {
    const made = start();
    const id = add(made, {
      name: 'data',
      kind: 'test',
      movesMoney: true,
      revealable: 'unknown',
      provider: 'circa',
    });
    expect(bodyOf(made, id)).toMatchObject({ kind: 'test', movesMoney: true, revealable: 'unknown' });
    const none = add(made, { name: 'nobody', provider: null });
    expect(bodyOf(made, none)).toMatchObject({ provider: null, movesMoney: false });
  });

  it('of a provider with a fixed expiry gets the date that its creation sets', () => {
    const made = start();
    const values = { secret: 'aVeryInventedSecret', name: 'n' };
    const body = bodyOf(
      made,
      add(made, { name: 'ci', provider: 'appcircle', createdOn: '2026-08-31' }, values),
    );
    expect(body).toMatchObject({ expiresOn: '2027-02-28', expiryFixed: true });
  });

  it('that Circle gave before 25 April 2023 counts as restricted', () => {
    const made = start();
    const values = { secret: sampleKey('circle-mint', 'live', 5) };
    const old = add(made, { name: 'old', provider: 'circle-mint', createdOn: '2023-04-24' }, values);
    const young = add(made, { name: 'young', provider: 'circle-mint', createdOn: '2023-04-25' }, values);
    expect(bodyOf(made, old).class).toBe('restricted');
    expect(bodyOf(made, young).class).toBe('unknown');
  });

  it('gets other roles and another allowlist without a new version, and the history has the old and the new', () => {
    const made = start();
    const id = add(made, { name: 'ci', roles: ['viewer'] });
    made.desk.apply(edit(made, { id, facts: { roles: ['builder', 'publisher'], ipAllowlist: [] } }));
    made.desk.apply(edit(made, { id, facts: { ipAllowlist: ['203.0.113.7'] } }));
    expect(bodyOf(made, id)).toMatchObject({ roles: ['builder', 'publisher'], versions: [{ number: 1 }] });
    const told = made.desk.audit
      .filter(({ event }) => event === 'key-edited')
      .map(({ detail }) => (detail as { readonly what: string }).what);
    expect(told).toEqual(['roles from viewer to builder, publisher', 'ipAllowlist from none to 203.0.113.7']);
  });

  it('of nobody known is exported under its own name', () => {
    const made = start();
    const body = bodyOf(
      made,
      add(made, { name: 'Stripe prod (EU)' }, { secret: 'x', webhookSecret: 'y', port: '1' }),
    );
    expect(currentVersion(body).fields.map(({ name, variable, secret }) => [name, variable, secret])).toEqual(
      [
        ['secret', 'STRIPE_PROD_EU', true],
        ['webhookSecret', 'STRIPE_PROD_EU_WEBHOOK_SECRET', true],
        ['port', 'STRIPE_PROD_EU_PORT', false],
      ],
    );
  });

  it('needs a value, a provider that is known, its own project’s environments and a name of its own there', () => {
    const made = start();
    add(made, { name: 'Data' });
    expect(compose(made, { name: 'x' }, {})).toMatchObject({ error: { kind: 'bad-input' } });
    expect(compose(made, { name: 'x', provider: 'nobody' })).toMatchObject({ error: { kind: 'bad-input' } });
    expect(compose(made, { name: 'data ' })).toMatchObject({ error: { kind: 'already-exists' } });
    expect(compose(made, { name: 'data' }, { secret: live }, ['test'])).toMatchObject({ ok: true });
    const second = made.desk.apply(addProject(made.desk.work(), 'second'));
    expect(compose({ ...made, projectId: second.id }, { name: 'x' })).toMatchObject({
      error: { kind: 'bad-input' },
    });
  });
});

describe('an edit', () => {
  it('changes only what differs, and says what in the trail', () => {
    const made = start();
    const id = add(made, { name: 'data' });
    made.desk.apply(edit(made, { id, facts: { notes: 'new', name: 'data', tags: ['a'] } }));
    expect(bodyOf(made, id)).toMatchObject({ notes: 'new', tags: ['a'], name: 'data' });
    expect(made.desk.audit.at(-1)).toMatchObject({
      event: 'key-edited',
      keyId: id,
      detail: { what: 'notes, tags' },
    });
  });

  it('of an old look is a conflict', () => {
    const made = start();
    const id = add(made, { name: 'data' });
    made.desk.apply(edit(made, { id, revision: 1, facts: { notes: 'a' } }));
    expect(edit(made, { id, revision: 1, facts: { notes: 'b' } })).toMatchObject({
      error: { kind: 'conflict' },
    });
  });

  it('may not move a fixed expiry, but may correct it, and that is written down', () => {
    const made = start();
    const id = add(
      made,
      { name: 'ci', provider: 'appcircle', expiresOn: '2027-01-01' },
      { secret: 'aVeryInventedSecret' },
    );
    const facts = { expiresOn: '2027-06-01' };
    expect(edit(made, { id, facts })).toMatchObject({
      error: { kind: 'refused', where: { field: 'expiresOn' } },
    });
    expect(edit(made, { id, facts: { expiresOn: null } })).toMatchObject({ error: { kind: 'refused' } });
    expect(edit(made, { id, facts: { expiresOn: '2027-01-01', notes: 'same date' } })).toMatchObject({
      ok: true,
    });
    made.desk.apply(edit(made, { id, facts, correction: true }));
    expect(bodyOf(made, id).expiresOn).toBe('2027-06-01');
    expect(JSON.stringify(made.desk.audit.at(-1))).toContain('correction');
  });

  it('of the kind takes along what the provider file said of the old one, and leaves what a person chose', () => {
    const made = start();
    const id = add(made, { name: 'data', quotaPool: 'mine' });
    made.desk.apply(edit(made, { id, facts: { kind: 'test' } }));
    expect(bodyOf(made, id)).toMatchObject({ revealable: 'again', movesMoney: false, quotaPool: 'mine' });
  });

  it('sets variables of the fields that there are', () => {
    const made = start();
    const id = add(made, { name: 'data' });
    made.desk.apply(edit(made, { id, variables: { secret: 'OTHER' } }));
    expect(currentVersion(bodyOf(made, id)).fields[0]?.variable).toBe('OTHER');
    made.desk.apply(edit(made, { id, variables: { secret: null } }));
    expect(currentVersion(bodyOf(made, id)).fields[0]?.variable).toBeNull();
    expect(edit(made, { id, variables: { nothing: 'X' } })).toMatchObject({ error: { kind: 'bad-input' } });
  });

  it('may not take a name that stands in one of its environments', () => {
    const made = start();
    add(made, { name: 'one' });
    const id = add(made, { name: 'two' }, undefined, ['test']);
    expect(edit(made, { id, facts: { name: 'ONE' } })).toMatchObject({ ok: true });
    expect(edit(made, { id, facts: { name: 'ONE' }, environmentIds: [made.at('production')] })).toMatchObject(
      {
        error: { kind: 'already-exists' },
      },
    );
  });
});

describe('a new value', () => {
  it('is a new version; the old one is kept, with its own values', () => {
    const made = start();
    const id = add(made, { name: 'data' }, { secret: live, teamId: 'team' });
    const given = { values: { secret: other }, variables: {} };
    made.desk.apply(replaceValue(made.desk.work({ nowMs: 5 }), id, given, { secret: live }));
    const [first, second] = bodyOf(made, id).versions;
    expect(first).toMatchObject({ number: 1, replacedAtMs: 5 });
    expect(second).toMatchObject({ number: 2, replacedAtMs: null, addedAtMs: 5, addedBy: 'test' });
    expect(second?.fields.find(({ name }) => name === 'teamId')?.value).toBe('team');
    expect(made.desk.secrets.get(first!.id)).toBe(JSON.stringify({ secret: live }));
    expect(made.desk.secrets.get(second!.id)).toBe(JSON.stringify({ secret: other }));
    expect(first?.fingerprints).not.toEqual(second?.fingerprints);
  });

  it('keeps the variables, and says itself of which kind it is', () => {
    const made = start();
    const id = add(made, { name: 'data' });
    made.desk.apply(edit(made, { id, variables: { secret: 'MINE' } }));
    made.desk.apply(
      replaceValue(made.desk.work(), id, { values: { secret: test }, variables: {} }, { secret: live }),
    );
    expect(bodyOf(made, id).kind).toBe('test');
    expect(currentVersion(bodyOf(made, id)).fields[0]?.variable).toBe('MINE');
  });

  it('must be there, and the key too', () => {
    const made = start();
    const id = add(made, { name: 'data' });
    const none = replaceValue(made.desk.work(), id, { values: {}, variables: {} }, {});
    expect(none).toMatchObject({ error: { kind: 'bad-input' } });
    made.desk.apply(removeKey(made.desk.work(), id, 'data'));
    const removed = replaceValue(made.desk.work(), id, { values: { secret: 'x' }, variables: {} }, {});
    expect(removed).toMatchObject({ error: { kind: 'refused' } });
  });
});

describe('the end of a key', () => {
  it('wants its name, leaves a tombstone, and can be undone', () => {
    const made = start();
    const id = add(made, { name: 'data' });
    for (const name of ['Data', 'dat', 'data ']) {
      expect(removeKey(made.desk.work(), id, name)).toMatchObject({ error: { kind: 'refused' } });
    }
    made.desk.apply(removeKey(made.desk.work(), id, 'data'));
    expect(bodyOf(made, id).removedAtMs).not.toBeNull();
    expect(made.desk.secrets.size).toBe(1);
    expect(edit(made, { id, facts: { notes: 'x' } })).toMatchObject({ error: { kind: 'refused' } });
    made.desk.apply(undoRemove(made.desk.work(), id));
    expect(bodyOf(made, id).removedAtMs).toBeNull();
    expect(undoRemove(made.desk.work(), id)).toMatchObject({ error: { kind: 'refused' } });
  });

  it('cannot be undone while another key has its name there', () => {
    const made = start();
    const id = add(made, { name: 'data' });
    made.desk.apply(removeKey(made.desk.work(), id, 'data'));
    add(made, { name: 'DATA' });
    expect(undoRemove(made.desk.work(), id)).toMatchObject({ error: { kind: 'already-exists' } });
  });

  it('is for good once the bin is emptied: records and all values', () => {
    const made = start();
    const id = add(made, { name: 'data' });
    made.desk.apply(
      replaceValue(made.desk.work(), id, { values: { secret: other }, variables: {} }, { secret: live }),
    );
    const kept = add(made, { name: 'kept' });
    expect(made.desk.apply(emptyRemoved(made.desk.work(), [kept, id]))).toEqual({ emptied: 0 });
    made.desk.apply(removeKey(made.desk.work(), id, 'data'));
    expect(made.desk.apply(emptyRemoved(made.desk.work(), undefined))).toEqual({ emptied: 1 });
    expect(made.desk.book().keys.has(id)).toBe(false);
    expect(made.desk.book().keys.has(kept)).toBe(true);
    expect(made.desk.secrets.size).toBe(1);
    expect(made.desk.audit.at(-1)).toMatchObject({
      event: 'key-emptied',
      keyId: id,
      detail: { name: 'data' },
    });
  });

  it('of its older versions leaves the current one', () => {
    const made = start();
    const id = add(made, { name: 'data' });
    made.desk.apply(
      replaceValue(made.desk.work(), id, { values: { secret: other }, variables: {} }, { secret: live }),
    );
    expect(made.desk.apply(emptyVersions(made.desk.work(), id))).toEqual({ emptied: 1 });
    expect(bodyOf(made, id).versions).toHaveLength(1);
    expect([...made.desk.secrets.values()]).toEqual([JSON.stringify({ secret: other })]);
    expect(made.desk.apply(emptyVersions(made.desk.work(), id))).toEqual({ emptied: 0 });
  });
});

describe('handing over', () => {
  const consumer = { name: 'Integral', purpose: 'books', handedOn: '2026-01-02', exception: null };

  it('is written down once for each, and taken back by name', () => {
    const made = start();
    const id = add(made, { name: 'data' });
    made.desk.apply(handOver(made.desk.work(), id, consumer));
    expect(handOver(made.desk.work(), id, { ...consumer, name: 'integral' })).toMatchObject({
      error: { kind: 'already-exists' },
    });
    made.desk.apply(takeBack(made.desk.work(), id, 'INTEGRAL'));
    expect(bodyOf(made, id).consumers).toEqual([]);
    expect(takeBack(made.desk.work(), id, 'Integral')).toMatchObject({ error: { kind: 'not-found' } });
  });

  it('to Integral sets the rule of the allowlist aside, with its reason in the key and in the audit trail', () => {
    const made = start();
    const id = add(made, { name: 'books' });
    made.desk.apply(handOver(made.desk.work(), id, consumer));
    const reason = bodyOf(made, id).consumers[0]?.exception;
    expect(reason).toMatch(/wants the list empty/);
    expect(JSON.stringify(made.desk.audit.at(-1))).toContain(reason);
    const other = add(made, { name: 'books of others' });
    made.desk.apply(handOver(made.desk.work(), other, { ...consumer, exception: 'agreed with Ada' }));
    expect(bodyOf(made, other).consumers[0]?.exception).toBe('agreed with Ada');
    const colleague = add(made, { name: 'for a colleague' });
    made.desk.apply(handOver(made.desk.work(), colleague, { ...consumer, name: 'Ada' }));
    expect(bodyOf(made, colleague).consumers[0]?.exception).toBeNull();
  });
});

// A turn's record and what is written with it: one commit each, computed from the records as they are.
import { describe, expect, it } from 'vitest';
import { composeKey } from '../../../src/core/keys/add-key.ts';
import { currentVersion, openTurn } from '../../../src/core/keys/book.ts';
import { replaceValue } from '../../../src/core/keys/edit-key.ts';
import { addProject } from '../../../src/core/keys/projects.ts';
import { emptyRemoved, emptyVersions, removeKey } from '../../../src/core/keys/remove-key.ts';
import { beginTurn } from '../../../src/core/keys/turns/begin-turn.ts';
import { saveTurn, versionOf } from '../../../src/core/keys/turns/save-turn.ts';
import { turnCareOf } from '../../../src/core/keys/turns/turn-care.ts';
import { ok } from '../../../src/core/model/result.ts';
import type { Rotation } from '../../../src/core/model/rotation.ts';
import { beginRotation } from '../../../src/core/rotation/begin.ts';
import type { Effect } from '../../../src/core/rotation/desk.ts';
import { ended } from '../../../src/core/rotation/record.ts';
import { newDesk, noon, type Desk } from '../../support/key-book.ts';

type Place = { readonly desk: Desk; readonly keyId: string; readonly turnId: string };

const place = (): Place => {
  const desk = newDesk();
  const { id: projectId } = desk.apply(addProject(desk.work(), 'p'));
  const environmentId = [...desk.book().environments.keys()][0]!;
  const composed = composeKey(desk.work(), {
    projectId,
    environmentIds: [environmentId],
    facts: { name: 'k', expiresOn: '2026-12-31' },
    values: { secret: 'old' },
    variables: {},
  });
  if (!composed.ok) throw new Error(composed.error.message);
  const { id: keyId } = composed.value;
  desk.apply(ok(composed.value.edit));
  const rotation = beginRotation({
    keyId,
    oldVersionId: currentVersion(desk.book().keys.get(keyId)!.body).id,
    way: 'w',
    shape: 'overlap',
    order: 'overlap',
    reason: 'asked',
    by: 'test',
    nowMs: noon,
    foundAtMs: null,
    graceMs: 0,
    managerKeyId: null,
    inputs: {},
    expiresOn: '2027-12-31',
    oldRemoteId: 'r1',
    removeFirst: null,
    tasks: [],
  });
  return { desk, keyId, turnId: desk.apply(beginTurn(desk.work(), rotation)) };
};

const save = ({ desk, keyId, turnId }: Place, change: Partial<Rotation>, effect?: Effect): Rotation => {
  const [key, turn] = [desk.book().keys.get(keyId)!, desk.book().rotations.get(turnId)!];
  return desk.apply(
    ok(saveTurn(desk.work(), { key, turn, next: { ...turn.body, ...change }, effect, answers: [] })),
  );
};
const keyOf = ({ desk, keyId }: Place) => desk.book().keys.get(keyId)!.body;
const current = (where: Place): string => where.desk.secrets.get(currentVersion(keyOf(where)).id) ?? '';
const keep = { type: 'keep', values: { secret: 'new' } } as const;

describe('a turn’s record', () => {
  it('is one per key, and holds no value', () => {
    const where = place();
    const { desk, keyId, turnId } = where;
    const again = beginTurn(desk.work(), desk.book().rotations.get(turnId)!.body);
    expect(again).toMatchObject({ ok: false, error: { kind: 'refused' } });
    save(where, {}, keep);
    expect(JSON.stringify([...desk.records.values()])).not.toMatch(/"(?:old|new)"/);
    save(where, ended(desk.book().rotations.get(turnId)!.body, noon, 'stopped', 's', ''));
    expect(openTurn(desk.book(), keyId)).toBeUndefined();
    expect(beginTurn(desk.work(), { ...desk.book().rotations.get(turnId)!.body, outcome: null }).ok).toBe(
      true,
    );
  });

  it('collides with one that another process began at the same time, and with a removal', () => {
    const where = place();
    const { desk, keyId, turnId } = where;
    const begun = desk.book().rotations.get(turnId)!.body;
    save(where, ended(begun, noon, 'stopped', 's', ''));
    const [mine, theirs] = [beginTurn(desk.work(), begun), beginTurn(desk.work(), begun)];
    const removal = removeKey(desk.work(), keyId, 'k');
    desk.apply(mine);
    expect(() => desk.apply(theirs)).toThrow('conflict');
    expect(() => desk.apply(removal)).toThrow('conflict');
  });
});

describe('what is written with it', () => {
  it('keeps the new value as pending: it is not the key’s, and asked with all the same', () => {
    const where = place();
    const after = save(where, {}, keep);
    expect(after.pending).toMatchObject({ number: 2, replacedAtMs: null });
    expect(current(where)).toContain('old');
    expect(keyOf(where).versions).toHaveLength(1);
    expect(versionOf(keyOf(where), after, 'new')).toBe(after.pending);
    expect(where.desk.secrets.get(after.pending!.id)).toContain('new');
  });

  it('promotes it with its dates, and puts everything back as it was', () => {
    const where = place();
    save(where, { newRemoteId: 'r2' }, keep);
    const promoted = save(where, {}, { type: 'promote' });
    expect(promoted).toMatchObject({ pending: null });
    expect(current(where)).toContain('new');
    expect(keyOf(where)).toMatchObject({ expiresOn: '2027-12-31' });
    expect(keyOf(where).versions.map(({ number, replacedAtMs }) => [number, replacedAtMs])).toEqual([
      [1, noon],
      [2, null],
    ]);
    expect(turnCareOf(where.desk.book(), where.keyId).remoteId).toBe('r2');
    save(where, {}, { type: 'put-back' });
    expect(current(where)).toContain('old');
    expect(keyOf(where)).toMatchObject({ expiresOn: '2026-12-31' });
    expect(turnCareOf(where.desk.book(), where.keyId).remoteId).toBe('r1');
    // The next version has a number of its own, and the provider's id of another value is forgotten.
    where.desk.apply(
      replaceValue(
        where.desk.work(),
        where.keyId,
        { values: { secret: 'x' }, variables: {} },
        { secret: 'old' },
      ),
    );
    expect(currentVersion(keyOf(where)).number).toBe(3);
    expect(turnCareOf(where.desk.book(), where.keyId).remoteId).toBeNull();
  });

  it('makes it current at once where the old one is dead', () => {
    const where = place();
    const after = save(where, {}, { type: 'keep-current', values: { secret: 'new' } });
    expect(after.pending).toBeNull();
    expect(after.newVersionId).toBe(currentVersion(keyOf(where)).id);
    expect(current(where)).toContain('new');
  });

  it('keeps a pending value among the versions, or deletes it with its secret', () => {
    const [kept, dropped] = [place(), place()];
    for (const where of [kept, dropped]) save(where, {}, keep);
    const after = save(kept, {}, { type: 'put-back' });
    expect(keyOf(kept).versions).toHaveLength(2);
    expect(current(kept)).toContain('old');
    expect(kept.desk.secrets.get(after.newVersionId!)).toContain('new');
    save(dropped, {}, { type: 'drop' });
    expect(dropped.desk.secrets.size).toBe(1);
    expect(keyOf(dropped).versions).toHaveLength(1);
  });

  it('leaves a value alone that a person has put in meanwhile', () => {
    const where = place();
    save(where, {}, keep);
    save(where, {}, { type: 'promote' });
    where.desk.apply(
      replaceValue(
        where.desk.work(),
        where.keyId,
        { values: { secret: 'mine' }, variables: {} },
        { secret: 'new' },
      ),
    );
    save(where, {}, { type: 'put-back' });
    expect(current(where)).toContain('mine');
  });
});

describe('what a turn may still need', () => {
  it('is not emptied: neither with the older versions nor with the bin', () => {
    const where = place();
    const { desk, keyId } = where;
    save(where, {}, keep);
    save(where, {}, { type: 'promote' });
    expect(desk.apply(emptyVersions(desk.work(), keyId))).toEqual({ emptied: 0 });
    expect(removeKey(desk.work(), keyId, 'k')).toMatchObject({ ok: false, error: { kind: 'refused' } });
    const turn = desk.book().rotations.get(where.turnId)!;
    save(where, ended(turn.body, noon, 'turned', 's', ''));
    expect(desk.apply(emptyVersions(desk.work(), keyId))).toEqual({ emptied: 1 });
    desk.apply(removeKey(desk.work(), keyId, 'k'));
    desk.apply(emptyRemoved(desk.work(), undefined));
    expect(desk.secrets.size).toBe(0);
    expect([...desk.records.values()].map(({ body }) => body['type'])).not.toContain('rotation');
    expect([...desk.records.values()].map(({ body }) => body['type'])).not.toContain('turn-care');
  });
});

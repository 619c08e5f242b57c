// What a plan says from the vault alone: way, manager, inputs, ends, what stands in the way, what a person must do, and which leaked key comes first.
import { describe, expect, it } from 'vitest';
import { composeKey } from '../../../src/core/keys/add-key.ts';
import type { GivenFacts } from '../../../src/core/keys/facts.ts';
import { addProject } from '../../../src/core/keys/projects.ts';
import { handOver } from '../../../src/core/keys/consumers.ts';
import { putTurnCare, usualTurnCare } from '../../../src/core/keys/turns/turn-care.ts';
import { ok } from '../../../src/core/model/result.ts';
import { byDamage } from '../../../src/core/rotation/damage.ts';
import { chooseTurn, type Choice, type Wishes } from '../../../src/core/rotation/plan/choose.ts';
import { listObstacles, localObstacles } from '../../../src/core/rotation/plan/obstacles.ts';
import { tasksFor } from '../../../src/core/rotation/plan/plan-tasks.ts';
import { consequencesOf, overlaps, plannedSteps, promiseOf } from '../../../src/core/rotation/plan/words.ts';
import { isDueNow, isWithinHours } from '../../../src/agent/rotation/scheduler.ts';
import { newDesk, noon, type Desk } from '../../support/key-book.ts';

const nobody = new Set<string>();
const here = { offline: false, demo: false };

const newVault = () => {
  const desk = newDesk();
  const { id: projectId } = desk.apply(addProject(desk.work(), 'p'));
  const environmentId = [...desk.book().environments.keys()][0]!;
  const add = (name: string, facts: GivenFacts & { readonly provider: string | null }): string => {
    const composed = composeKey(desk.work(), {
      projectId,
      environmentIds: [environmentId],
      facts: { kind: 'live', ...facts, name },
      values: { secret: `value of ${name}` },
      variables: {},
    });
    if (!composed.ok) throw new Error(composed.error.message);
    desk.apply(ok(composed.value.edit));
    return composed.value.id;
  };
  return { desk, add };
};

const choose = (
  desk: Desk,
  id: string,
  wishes: Wishes = {},
  formats: ReadonlySet<string> = nobody,
): Choice => {
  const chosen = chooseTurn(desk.book(), desk.book().keys.get(id)!, wishes, formats, noon);
  if (!chosen.ok) throw new Error(chosen.error.message);
  return chosen.value;
};
const obstacles = (desk: Desk, choice: Choice, around = here) =>
  localObstacles(desk.book(), choice, around).map(({ message }) => message);
let ids = 0;
const newId = (): string => {
  ids += 1;
  return ids.toString(16).padStart(32, '0');
};

describe('the way', () => {
  it('is the first that fits, the one that was kept, or the one that is wished; by hand always', () => {
    const { desk, add } = newVault();
    const id = add('k', { provider: 'neon' });
    expect(choose(desk, id)).toMatchObject({ wayId: 'personal', shape: 'overlap', managerKeyId: null });
    expect(choose(desk, id, { way: 'guided' })).toMatchObject({
      wayId: 'guided',
      shape: 'guided',
      way: undefined,
    });
    desk.apply(
      ok({
        value: undefined,
        changes: putTurnCare(desk.work(), {
          ...usualTurnCare(id),
          way: 'organisation',
          inputs: { organisationId: 'o' },
        }),
        audit: [],
      }),
    );
    expect(choose(desk, id)).toMatchObject({ wayId: 'organisation', inputs: { organisationId: 'o' } });
    expect(
      chooseTurn(desk.book(), desk.book().keys.get(id)!, { way: 'sideways' }, nobody, noon),
    ).toMatchObject({
      ok: false,
      error: { kind: 'bad-input' },
    });
  });

  it('needs a manager and what it has to know, and says so', () => {
    const { desk, add } = newVault();
    const id = add('k', { provider: 'neon' });
    expect(obstacles(desk, choose(desk, id, { way: 'organisation' }))).toEqual([
      expect.stringContaining('a personal key of an administrator'),
      expect.stringContaining('Organisation'),
    ]);
    const manager = add('admin', { provider: 'neon' });
    const settled = choose(desk, id, { way: 'organisation', inputs: { organisationId: 'org-1' } });
    expect(settled.managerKeyId).toBe(manager);
    expect(obstacles(desk, settled)).toEqual([]);
    const itself = choose(desk, id, {
      way: 'organisation',
      managerKeyId: id,
      inputs: { organisationId: 'o' },
    });
    expect(obstacles(desk, itself)).toEqual([expect.stringContaining('cannot')]);
  });

  it('asks nobody while offline or in the demo; by hand it may begin', () => {
    const { desk, add } = newVault();
    const id = add('k', { provider: 'neon' });
    for (const around of [
      { offline: true, demo: false },
      { offline: false, demo: true },
    ]) {
      expect(obstacles(desk, choose(desk, id), around)).toHaveLength(1);
      expect(obstacles(desk, choose(desk, id, { way: 'guided' }), around)).toEqual([]);
    }
  });

  it('is not revoked first where the key makes its own successor', () => {
    const { desk, add } = newVault();
    const id = add('k', { provider: 'neon' });
    expect(obstacles(desk, choose(desk, id, { order: 'revoke-first' }))).toEqual([
      expect.stringContaining('its own successor'),
    ]);
    const swap = choose(desk, add('t', { provider: 'gitlab' }), { order: 'revoke-first', graceMs: 9 });
    expect(swap).toMatchObject({ order: 'overlap', graceMs: 0 });
  });
});

describe('a pair that changes places', () => {
  const roles = (desk: Desk, id: string, user: string, otherUser: string): Choice => {
    const versionId = desk.book().keys.get(id)!.body.versions.at(-1)!.id;
    const apart = new Map([[versionId, { user }]]);
    const wishes = { way: 'two-roles', inputs: { otherUser } };
    const chosen = chooseTurn(desk.book(), desk.book().keys.get(id)!, wishes, nobody, noon, apart);
    if (!chosen.ok) throw new Error(chosen.error.message);
    return chosen.value;
  };

  it('is never the key’s own role twice, though it stands in a connection string alone', () => {
    const { desk, add } = newVault();
    const id = add('program', { provider: 'postgres' });
    add('manager', { provider: 'postgres' });
    expect(obstacles(desk, roles(desk, id, 'app_a', 'app_a'))).toEqual([
      'The other role: app_a is the one of this key itself.',
    ]);
    expect(obstacles(desk, roles(desk, id, 'app_a', 'app_b'))).toEqual([]);
  });
});

describe('a new end', () => {
  it('is as far away as the old one was, and never missing where the provider needs one', () => {
    const { desk, add } = newVault();
    const id = add('t', { provider: 'gitlab', createdOn: '2026-08-24', expiresOn: '2026-11-30' });
    expect(choose(desk, id).expiresOn).toBe('2027-02-28');
    const without = choose(desk, add('u', { provider: 'gitlab' }));
    expect(without.expiresOn).toBe('2027-02-20');
    expect(obstacles(desk, choose(desk, id, { expiresOn: null }))).toEqual([
      expect.stringContaining('without an end'),
    ]);
    expect(obstacles(desk, choose(desk, id, { expiresOn: '2026-02-31' }))).toEqual([
      expect.stringContaining('no day'),
    ]);
  });

  it('on the same day prolongs nothing, and the plan says so', () => {
    const { desk, add } = newVault();
    const id = add('a', { provider: 'appcircle', expiresOn: '2027-03-01' });
    const choice = choose(desk, id);
    expect(choice).toMatchObject({ shape: 'guided', expiresOn: '2027-03-01' });
    expect(consequencesOf(desk.book(), choice).join(' ')).toContain('prolongs nothing');
    expect(choose(desk, add('b', { provider: 'appcircle', expiresOn: '2026-01-01' })).expiresOn).toBeNull();
  });
});

describe('what is said before anything happens', () => {
  it('promises side by side only where there is room for both', () => {
    const { desk, add } = newVault();
    const [neon, gitlab] = [
      choose(desk, add('n', { provider: 'neon' })),
      choose(desk, add('g', { provider: 'gitlab' })),
    ];
    expect(overlaps(desk.book(), neon)).toBe(true);
    expect(promiseOf(desk.book(), neon)).toContain('side by side');
    expect(overlaps(desk.book(), gitlab)).toBe(false);
    expect(promiseOf(desk.book(), gitlab)).toContain('in place');
    const circle = Array.from({ length: 10 }, (_, index) =>
      add(`c${String(index)}`, { provider: 'circle-mint' }),
    );
    const full = choose(desk, circle[0]!);
    const words = consequencesOf(desk.book(), full).join(' ');
    expect(overlaps(desk.book(), full)).toBe(false);
    expect(words).toContain('cannot live side by side');
    for (const id of [...circle.slice(2, 4), circle[5]!])
      desk.apply(
        handOver(desk.work(), id, { name: 'Ann', purpose: '', handedOn: '2026-01-01', exception: null }),
      );
    const proposal = consequencesOf(desk.book(), choose(desk, circle[2]!)).join(' ');
    expect(proposal).toContain(
      'c0 is missed the least: nobody was handed it, and it was never used from here.',
    );
    expect(words).toContain('c1 is missed the least');
    expect(overlaps(desk.book(), neon, true)).toBe(false);
    expect(promiseOf(desk.book(), neon, true)).toContain('All places at the provider are taken');
    const list = {
      entries: [1, 2].map((id) => ({
        id: String(id),
        name: '',
        createdAt: '',
        lastUsedAt: '',
        fitsOld: null,
      })),
      max: 2,
      complete: true,
    };
    expect(listObstacles(neon, list, null)).toHaveLength(1);
    expect(listObstacles(neon, { ...list, max: null }, 3)).toEqual([]);
    expect(listObstacles(gitlab, list, null)).toEqual([]);
  });

  it('revokes first where the provider has one place for such a key, whatever is wished', () => {
    const { desk, add } = newVault();
    const id = add('pak', { provider: 'appcircle-pak', expiresOn: '2026-12-22', createdOn: '2026-11-22' });
    for (const wishes of [{}, { order: 'overlap', graceMs: 86_400_000 }] as const) {
      const choice = choose(desk, id, wishes);
      expect(choice).toMatchObject({ shape: 'guided', order: 'revoke-first', graceMs: 0 });
      expect(obstacles(desk, choice)).toEqual([]);
      expect(overlaps(desk.book(), choice)).toBe(false);
      expect(promiseOf(desk.book(), choice)).toContain('revoked first');
      expect(consequencesOf(desk.book(), choice)).toContain('Between deleting and generating no key works.');
      const steps = plannedSteps(choice).map(({ step }) => step);
      expect(steps.slice(0, 4)).toEqual(['plan', 'revoke', 'prove', 'create']);
      expect(plannedSteps(choice).find(({ step }) => step === 'revoke')?.who).toBe('you');
    }
    // One of ten places is another thing, and so is a provider that swaps in place.
    expect(choose(desk, add('a', { provider: 'appcircle' })).order).toBe('overlap');
    expect(choose(desk, add('g', { provider: 'gitlab' })).order).toBe('overlap');
  });

  it('names who does which step, and what a person must do, with the portal’s page', () => {
    const { desk, add } = newVault();
    const id = add('a', { provider: 'appcircle' });
    desk.apply(
      handOver(desk.work(), id, { name: 'Ann', purpose: 'books', handedOn: '2026-01-01', exception: null }),
    );
    const choice = choose(desk, id);
    const steps = plannedSteps(choice);
    expect(steps.find(({ step }) => step === 'create')?.who).not.toBe('keyturn');
    expect(steps.map(({ step }) => step)).not.toContain('grace');
    const tasks = tasksFor(choice, newId, noon);
    expect(tasks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['portal', 'paste', 'consumer', 'revoke']),
    );
    expect(tasks.find(({ kind }) => kind === 'portal')?.portal).not.toBeNull();
    expect(tasks.find(({ kind }) => kind === 'consumer')?.detail).toContain('books');
    expect(tasksFor(choose(desk, add('n', { provider: 'neon' })), newId, noon)).toEqual([]);
  });

  it('asks the provider’s people where only they make such a key, by a day', () => {
    const { desk, add } = newVault();
    const id = add('r', { provider: 'circle-mint', class: 'read-only' });
    const choice = choose(desk, id);
    const assistance = choice.turn?.assistance;
    expect(assistance?.classes).toContain('read-only');
    const ticket = tasksFor(choice, newId, noon).find(({ kind }) => kind === 'ticket');
    expect(ticket).toMatchObject({ who: assistance?.who });
    expect(ticket!.dueOn! > '2026-11-22').toBe(true);
  });
});

describe('after a leak', () => {
  it('what moves money comes first, then what is live, then what may do more, then what is spread wider', () => {
    const { desk, add } = newVault();
    const wanted = [
      add('pays', { provider: null, movesMoney: true, kind: 'test' }),
      add('spread', { provider: null, kind: 'live' }),
      add('live', { provider: null, kind: 'live' }),
      add('limited', { provider: null, kind: 'live', class: 'read-only' }),
      add('test', { provider: null, kind: 'test' }),
    ];
    desk.apply(
      handOver(desk.work(), wanted[1]!, {
        name: 'Ann',
        purpose: '',
        handedOn: '2026-01-01',
        exception: null,
      }),
    );
    const keys = [...desk.book().keys.values()].reverse();
    const ranked = byDamage(keys, () => undefined);
    expect(ranked.map(({ held }) => held.id)).toEqual(wanted);
    expect(ranked.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5]);
    expect(ranked[0]!.why).toContain('It can move money');
    expect(ranked[1]!.why).toContain('handed to 1 party');
  });
});

describe('on its own', () => {
  it('keeps to its hours, over midnight too', () => {
    expect(isWithinHours(null, 3)).toBe(true);
    const day = [8, 9, 16, 17].map((hour) => isWithinHours({ from: 9, to: 17 }, hour));
    expect(day).toEqual([false, true, true, false]);
    const night = [21, 22, 23, 0, 5, 6].map((hour) => isWithinHours({ from: 22, to: 6 }, hour));
    expect(night).toEqual([false, true, true, true, true, false]);
  });

  it('goes on when its time has come or it was interrupted, never where a person is waited for', () => {
    const body = { outcome: null, againAtMs: null, phase: 'begun', waitsFor: '' };
    const due = (change: object): boolean =>
      isDueNow({ id: '', revision: 1, body: { ...body, ...change } as never }, noon);
    expect(due({})).toBe(true);
    expect(due({ phase: 'waiting', waitsFor: 'you' })).toBe(false);
    expect(due({ phase: 'waiting', waitsFor: 'a while', againAtMs: noon + 1 })).toBe(false);
    expect(due({ phase: 'waiting', waitsFor: 'a while', againAtMs: noon })).toBe(true);
    expect(due({ outcome: {} })).toBe(false);
  });
});

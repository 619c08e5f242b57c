// `keyturn rotate` as a script sees it: words, JSON, exit codes. The promise of shared/cli.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHome, sample, type Home } from '../support/cli.ts';
import { datadogTurns } from '../support/turning/documented/datadog.ts';
import { tableServer } from '../support/turning/table-server.ts';
import { hasPseudoTerminal, runAtTerminal } from '../support/pseudo-terminal.ts';
import { smallNeon, type SmallNeon } from '../support/turning/small-neon.ts';

let neon: SmallNeon;
let home: Home;

const run: Home['run'] = (words, options) => home.run(words, { bare: true, ...options });
const json: Home['json'] = (words, options) => home.json(words, { bare: true, ...options });

type Step = {
  readonly step: string;
  readonly state: string;
  readonly at: string | null;
  readonly detail: string;
};
type Turn = {
  readonly id: string;
  readonly rotation: string;
  readonly state: string;
  readonly steps: readonly Step[];
  readonly step: string;
  readonly outcome: { readonly kind: string } | null;
  readonly tasks: readonly { readonly id: string; readonly kind: string; readonly doneAt: string | null }[];
  readonly wantsValue: boolean;
};

const add = async (name: string, value: string, provider: string): Promise<void> => {
  const variable = `${name.toUpperCase()}_KEY`;
  const words = ['add', name, '--env', 'production', '--provider', provider, '--variable', variable];
  const ran = await run([...words, '--value-stdin'], { stdin: value });
  expect(ran.code, ran.err).toBe(0);
};
const reveal = async (name: string): Promise<string> => (await run(['reveal', name, '--yes'])).out.trim();

beforeAll(async () => {
  neon = await smallNeon();
  home = newHome();
  await home.run(['init']);
  await home.json(['unlock']);
  const configured = await run(['provider', 'configure', 'neon', '--base-url', neon.url]);
  expect(configured.code, configured.err).toBe(0);
}, 120_000);

afterAll(async () => {
  await run(['lock']);
  await neon.close();
  home.remove();
});

describe('keyturn rotate', () => {
  it('does nothing without a terminal and without --yes, and says so with 6', async () => {
    await add('asked', neon.add('asked').value, 'neon');
    const before = neon.seen.length;
    const ran = await run(['rotate', 'asked']);
    expect(ran.code).toBe(6);
    expect(ran.err).toContain('--yes');
    expect(neon.seen.length).toBe(before);
    expect(await json(['rotate', '--list'])).toEqual([]);
  });

  it('turns with --yes, gives the promised JSON, and no secret', async () => {
    const old = neon.add('plain');
    await add('plain', old.value, 'neon');
    const out = join(home.folder, 'plain.env');
    expect((await run(['export', '--env', 'production', '--out', out, '--allow-git'])).code).toBe(0);
    const ran = await run(['rotate', 'plain', '--yes', '--json']);
    expect(ran.code, ran.err).toBe(0);
    const turn = JSON.parse(ran.out) as Turn;
    const [key] = await json<{ id: string }[]>(['list']).then((all) =>
      (all as { id: string; name: string }[]).filter(({ name }) => name === 'plain'),
    );
    expect(turn).toMatchObject({ id: key!.id, state: 'done', outcome: { kind: 'turned' } });
    expect(turn.rotation).toMatch(/^[0-9a-f]{32}$/);
    expect(turn.steps.map(({ step, state }) => `${step} ${state}`)).toEqual(
      ['plan', 'create', 'keep', 'test', 'deliver', 'promote', 'revoke', 'prove', 'done'].map(
        (step) => `${step} done`,
      ),
    );
    for (const { at } of turn.steps) expect(at).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    const now = await reveal('plain');
    expect(now).not.toBe(old.value);
    expect(old.gone).toBe(true);
    expect(neon.alive().map(({ value }) => value)).toContain(now);
    for (const text of [ran.out, ran.err])
      for (const value of [old.value, now]) expect(text).not.toContain(value);
    const file = readFileSync(out, 'utf8');
    expect(file).toContain(now);
    expect(file).not.toContain(old.value);
  });

  it('waits as planned with 0, goes back with --undo, and lists what there was', async () => {
    const old = neon.add('slow');
    await add('slow', old.value, 'neon');
    const waiting = await json<Turn>(['rotate', 'slow', '--grace', '12h', '--yes']);
    expect(waiting).toMatchObject({ state: 'waiting', step: 'grace', outcome: null });
    expect((await run(['due', '--within', '30d'])).out).not.toContain('[object');
    const undone = await json<Turn>(['rotate', 'slow', '--undo', '--yes']);
    expect(undone).toMatchObject({ state: 'done', outcome: { kind: 'undone' } });
    expect(await reveal('slow')).toBe(old.value);
    expect(old.gone).toBe(false);
    const all = await json<Turn[]>(['rotate', '--list', 'slow']);
    expect(all.map(({ outcome }) => outcome?.kind)).toEqual(['undone']);
    expect(await json(['rotate', '--resume'])).toEqual([]);
  });

  it('plans without changing anything, and says no with 1 where it cannot start', async () => {
    const old = neon.add('known by another name');
    await add('planned', old.value, 'neon');
    const before = neon.alive().length;
    const plan = await json<{ blockers: unknown[]; choices: { id: string; name: string }[] }>(
      ['rotate', 'planned', '--plan'],
      { code: 1 },
    );
    expect(plan.blockers).toHaveLength(1);
    const mine = plan.choices.find(({ name }) => name === 'known by another name');
    const again = await json(['rotate', 'planned', '--plan', '--old', mine!.id]);
    expect(again).toMatchObject({ blockers: [], way: 'personal', shape: 'overlap' });
    expect(neon.alive()).toHaveLength(before);
  });

  it('plans with the key that goes first: where all places are taken that is what lets it start', async () => {
    const { provider, values } = datadogTurns.find(({ way }) => way === 'application-key')!.begin();
    provider.keys.add({ id: 'idle-1', name: 'idle', values: { applicationKey: sample.anything() } });
    provider.keys.max = provider.keys.all.filter(({ values: has }) => 'applicationKey' in has).length;
    const server = await tableServer(provider);
    expect((await run(['provider', 'configure', 'datadog', '--base-url', server.url])).code).toBe(0);
    const fields = Object.entries(values).map(([name, value]) => `${name}=${value}`);
    const words = ['add', 'metrics', '--env', 'production', '--provider', 'datadog', '--field', ...fields];
    expect((await run(words)).code).toBe(0);
    const full = await json<{ blockers: { message: string }[] }>(['rotate', 'metrics', '--plan'], {
      code: 1,
    });
    expect(full.blockers.map(({ message }) => message)).toEqual([
      expect.stringContaining('All 3 places for keys are taken'),
    ]);
    expect(full).toMatchObject({ overlap: false });
    const room = ['rotate', 'metrics', '--remove-first', 'idle-1'];
    expect(await json([...room, '--plan'])).toMatchObject({ blockers: [], overlap: true });
    if (hasPseudoTerminal()) {
      const no = await runAtTerminal(home.home, room, [['Turn metrics now?', 'n\n']]);
      expect(no.code, no.screen).toBe(6);
    }
    expect(provider.keys.all.filter(({ gone }) => gone)).toEqual([]);
    await server.close();
  });

  it('ends with 5 where the provider refuses, and nothing was changed', async () => {
    await add('stranger', await smallKeyNobodyKnows(), 'neon');
    const turn = await json<Turn>(['rotate', 'stranger', '--old', '1', '--yes'], { code: 5 });
    expect(turn.outcome).toMatchObject({ kind: 'unchanged' });
  });

  it('takes a key that is made by hand from the old one to the new one by tasks', async () => {
    const [first, second] = [sample.circaLive(), sample.circaLive()];
    await add('byhand', first, 'circa');
    const begun = await json<Turn>(['rotate', 'byhand', '--yes'], { code: 1 });
    expect(begun).toMatchObject({ state: 'needs-you', step: 'create', wantsValue: true });
    const wrong = await run(['rotate', 'byhand', '--value-stdin'], { stdin: first });
    expect(wrong.code).toBe(2);
    expect(wrong.out + wrong.err).not.toContain(first);
    const portal = begun.tasks.find(({ kind }) => kind === 'portal');
    const done = await json<Turn>(['rotate', 'byhand', '--task', portal!.id], { code: 1 });
    expect(done.tasks.find(({ id }) => id === portal!.id)?.doneAt).not.toBeNull();
    const pasted = await run(['rotate', 'byhand', '--value-stdin', '--json'], { stdin: second });
    expect(pasted.out + pasted.err).not.toContain(second);
    expect(JSON.parse(pasted.out)).toMatchObject({ wantsValue: false });
    const ended = await json<Turn>(['rotate', 'byhand', '--give-up', '--yes']);
    expect(ended.outcome).toMatchObject({ kind: 'stopped' });
    expect(await reveal('byhand')).toBe(first);
  });

  it('sets how a key is turned, and turns nothing', async () => {
    const words = ['rotate', 'planned', '--unattended', 'on', '--hours', '9-17', '--before-expiry', '14'];
    expect(await json(words)).toMatchObject({
      unattended: true,
      hours: { from: 9, to: 17 },
      beforeExpiryDays: 14,
    });
    expect(await json(['rotate', 'planned', '--unattended', 'off'])).toMatchObject({
      unattended: false,
      hours: { from: 9, to: 17 },
    });
  });

  it('wants words that it knows', async () => {
    for (const words of [
      ['rotate'],
      ['rotate', 'nobody'],
      ['rotate', 'plain', '--undo', '--plan'],
      ['rotate', 'plain', '--grace', 'soon'],
      ['rotate', 'plain', '--way', 'sideways', '--yes'],
      ['rotate', 'plain', '--hours', '9'],
      ['rotate', 'plain', '--input', 'x', '--yes'],
    ]) {
      const ran = await run(words);
      expect(ran.code, words.join(' ')).toBe(2);
      expect(ran.err).toMatch(/\S/);
    }
  });
});

describe.skipIf(!hasPseudoTerminal())('keyturn rotate at a terminal', () => {
  const open = async (name: string): Promise<Turn | undefined> =>
    (await json<Turn[]>(['rotate', '--list', name])).find(({ outcome }) => outcome === null);

  it('ends a turn where it stands only when its name is typed', async () => {
    await add('ending', sample.circaLive(), 'circa');
    await json<Turn>(['rotate', 'ending', '--yes'], { code: 1 });
    const bare = await run(['rotate', 'ending', '--give-up']);
    expect(bare.code).toBe(6);
    expect(bare.err).toContain('--yes');
    const words = ['rotate', 'ending', '--give-up'];
    const asked = 'Type ending to confirm:';
    for (const typed of ['y\n', 'endings\n', '\u0003']) {
      const ran = await runAtTerminal(home.home, words, [[asked, typed]]);
      expect(ran.screen).toContain(asked);
      expect(ran.screen).not.toContain('[y/N]');
      expect(ran.screen).toContain('Nothing was done.');
      expect(ran.code, typed).toBe(6);
      expect(await open('ending')).toBeDefined();
    }
    const ran = await runAtTerminal(home.home, words, [[asked, 'ending\n']]);
    expect(ran.code, ran.screen).toBe(0);
    expect(await open('ending')).toBeUndefined();
    const [ended] = await json<Turn[]>(['rotate', '--list', 'ending']);
    expect(ended?.outcome?.kind).toBe('stopped');
  }, 180_000);

  it('shows the plan, asks, and begins only with a y', async () => {
    const old = neon.add('seated');
    await add('seated', old.value, 'neon');
    const no = await runAtTerminal(home.home, ['rotate', 'seated'], [['Turn seated now?', '\n']]);
    expect(no.code).toBe(6);
    expect(no.screen).toContain('Old and new work side by side');
    expect(await json(['rotate', '--list', 'seated'])).toEqual([]);
    const yes = await runAtTerminal(home.home, ['rotate', 'seated'], [['Turn seated now?', 'y\n']]);
    expect(yes.code, yes.screen).toBe(0);
    expect(old.gone).toBe(true);
    for (const { screen } of [no, yes]) expect(screen).not.toContain(old.value);
  });
});

const smallKeyNobodyKnows = async (): Promise<string> =>
  (await import('../support/turning/small-neon.ts')).neonValue();

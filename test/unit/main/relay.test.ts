// The window's door: in what order it checks, where it sends a call, and that nothing is thrown across.
import { describe, expect, it } from 'vitest';
import { shellCallNames, type ShellCallName } from '../../../src/contract/window-call-names.ts';
import { createRelay, type RelayPorts, type ShellHandlers } from '../../../src/main/relay.ts';

const id = 'a'.repeat(32);

const relayWith = (ports: Partial<RelayPorts> = {}) => {
  const sent: unknown[] = [];
  const answered: unknown[] = [];
  const logged: string[] = [];
  const handlers = Object.fromEntries(
    shellCallNames.map((name: ShellCallName) => [
      name,
      (input: unknown) => {
        answered.push([name, input]);
        return Promise.resolve({ ok: true, value: null });
      },
    ]),
  ) as unknown as ShellHandlers;
  const relay = createRelay({
    handlers,
    callAgent: (...call) => {
      sent.push(call);
      return Promise.resolve({ ok: true, value: undefined });
    },
    unlocked: () => true,
    log: (_level, event, facts) => logged.push(`${event} ${JSON.stringify(facts)}`),
    reportId: () => 'report',
    ...ports,
  });
  return { relay, sent, answered, logged };
};

describe('the relay', () => {
  it('refuses a stranger before it looks at the call', async () => {
    const { relay, sent } = relayWith();
    expect(await relay(null, 'no.such', {})).toMatchObject({ error: { kind: 'wrong-sender' } });
    expect(sent).toEqual([]);
  });

  it.each(['no.such', '', '__proto__', 'constructor', 'toString', null, 7, {}, ['keys.list']])(
    'knows no call %j',
    async (name) => {
      const { relay, sent, answered } = relayWith();
      expect(await relay('window', name, {})).toMatchObject({ error: { kind: 'unknown-call' } });
      expect([...sent, ...answered]).toEqual([]);
    },
  );

  it.each([
    'keys.lend',
    'clipboard.mark',
    'demo.create',
    'export.render',
    'import.previewPath',
    'portal.resolve',
  ])('does not send %s for the window', async (name) => {
    const { relay, sent } = relayWith();
    expect(await relay('window', name, {})).toMatchObject({ error: { kind: 'wrong-sender' } });
    expect(sent).toEqual([]);
  });

  it('refuses what is not of the shape', async () => {
    const { relay, sent } = relayWith();
    expect(await relay('window', 'keys.read', { id, more: 1 })).toMatchObject({
      error: { kind: 'bad-input' },
    });
    expect(await relay('window', 'keys.read', { id: '../x' })).toMatchObject({
      error: { kind: 'bad-input' },
    });
    expect(sent).toEqual([]);
  });

  it('refuses what needs an unlocked vault while it is locked', async () => {
    const { relay, sent, answered } = relayWith({ unlocked: () => false });
    expect(await relay('window', 'keys.read', { id })).toMatchObject({ error: { kind: 'locked' } });
    expect(await relay('window', 'keys.copy', { id, field: 'secret' })).toMatchObject({
      error: { kind: 'locked' },
    });
    expect(await relay('window', 'state.read', {})).toMatchObject({ ok: true });
    expect([sent.length, answered.length]).toEqual([1, 0]);
  });

  it('sends to the agent as the window, and answers itself what is the shell’s', async () => {
    const { relay, sent, answered } = relayWith();
    await relay('window', 'keys.read', { id });
    await relay('window', 'keys.copy', { id, field: 'secret' });
    expect(sent).toEqual([['window', 'keys.read', { id }]]);
    expect(answered).toEqual([['keys.copy', { id, field: 'secret' }]]);
  });

  it('wipes a password that passed through, whether the call went well or not', async () => {
    const { relay } = relayWith();
    const good = new Uint8Array([1, 2, 3]);
    const bad = new Uint8Array([1, 2, 3]);
    await relay('window', 'vault.unlock', { password: good });
    await relay('window', 'vault.unlock', { password: bad, more: 1 });
    expect([...good, ...bad]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('turns a bug into an answer with an id, and does not tell what it was about', async () => {
    const { relay, logged } = relayWith({ callAgent: () => Promise.reject(new Error('value-of-a-key')) });
    const result = await relay('window', 'keys.read', { id });
    expect(result).toMatchObject({ ok: false, error: { kind: 'internal', reportId: 'report' } });
    expect(JSON.stringify([result, logged])).not.toContain('value-of-a-key');
  });

  it('takes no more than it can carry at once', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<{ ok: true; value: undefined }>((resolve) => {
      release = () => {
        resolve({ ok: true, value: undefined });
      };
    });
    const { relay } = relayWith({ callAgent: () => held });
    const flood = Array.from({ length: 70 }, () => relay('window', 'state.read', {}));
    expect(await flood[69]).toMatchObject({ error: { kind: 'busy' } });
    release();
    const results = await Promise.all(flood);
    expect(results.filter((result) => result.ok)).toHaveLength(64);
    expect(await relay('window', 'state.read', {})).toMatchObject({ ok: true });
  });
});

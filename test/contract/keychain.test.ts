// The system keychain as a way in, from the window's call to the vault's file: a real agent, the shell's real calls, a keychain that the
// test plays.
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createKeychainCalls, createRenewal } from '../../src/main/keychain/keychain-calls.ts';
import { createQuickUnlock } from '../../src/main/keychain/quick-unlock.ts';
import type { SealedSecret } from '../../src/main/keychain/system-keychain.ts';
import { randomBytes } from '../../src/main/effects.ts';
import { nodePorts } from '../../src/node/ports.ts';
import type { VaultPorts } from '../../src/core/vault/vault.ts';
import { bytesOf, newAgent, testPassword, type TestAgent } from '../support/agents.ts';
import { portsWithoutCost } from '../support/vault/vault-kit.ts';

let cheap: VaultPorts;
beforeAll(async () => {
  cheap = portsWithoutCost(await nodePorts({ targetMs: 0 }));
});

const hour = 3_600_000;

const seat = async () => {
  const tested = await newAgent({ ports: cheap });
  onTestFinished(tested.remove);
  const { recoveryCode } = await tested.get('vault.create', { password: bytesOf(testPassword) });
  const world = { nowMs: 1_000, stored: 'missing' as SealedSecret | 'missing' };
  const startShell = () => {
    const quick = createQuickUnlock({
      keychain: {
        backend: () => 'gnome_libsecret',
        isAvailable: () => Promise.resolve(true),
        seal: (text) => Promise.resolve(new TextEncoder().encode(`sealed:${text}`)),
        open: (sealed) =>
          Promise.resolve({ result: new TextDecoder().decode(sealed).slice(7), shouldReEncrypt: false }),
      },
      file: {
        read: () => world.stored,
        write: (secret) => {
          world.stored = secret;
          return true;
        },
        remove: () => {
          world.stored = 'missing';
        },
      },
      randomBytes,
      nowMs: () => world.nowMs,
      after: () => () => undefined,
    });
    const ports = {
      ask: ((name: never, input: never) => tested.call(name, input, 'shell')) as never,
      quick,
      hours: () => tested.agent.state().settings.quickUnlockHours,
    };
    return { calls: createKeychainCalls(ports), renew: createRenewal(ports) };
  };
  return { tested, world, recoveryCode, startShell, shell: startShell() };
};

const lock = ({ agent }: TestAgent): void => agent.lock('app', 'test');
const state = ({ agent }: TestAgent): string => agent.state().vault;
const typed = (): Uint8Array => bytesOf(testPassword);

describe('unlocking with the system keychain', () => {
  it('is switched on with the master password alone, and then unlocks until the time is over', async () => {
    const { tested, world, shell } = await seat();
    const wrong = await shell.calls['keychain.turnOn']({ password: bytesOf('wrong'), hours: 2 });
    expect(!wrong.ok && wrong.error.kind).toBe('wrong-password');
    expect((await shell.calls['keychain.unlock']({})).ok).toBe(false);
    expect((await shell.calls['keychain.turnOn']({ password: typed(), hours: 2 })).ok).toBe(true);
    lock(tested);
    expect((await shell.calls['keychain.unlock']({})).ok).toBe(true);
    expect(state(tested)).toBe('unlocked');
    const lines = await tested.get('audit.list', { limit: 20 });
    expect(lines.map(({ event, detail }) => `${event} ${detail}`)).toEqual(
      expect.arrayContaining(['vault-unlocked with the system keychain', 'keychain-turned-on ']),
    );
    lock(tested);
    world.nowMs += 2 * hour;
    expect((await shell.calls['keychain.unlock']({})).ok).toBe(false);
    expect(state(tested)).toBe('locked');
    await tested.get('vault.unlock', { password: typed() });
  });

  it('asks for the master password after a restart, and serves again once it was typed', async () => {
    const { tested, shell, startShell } = await seat();
    await shell.calls['keychain.turnOn']({ password: typed(), hours: 8 });
    lock(tested);
    const again = startShell();
    const refused = await again.calls['keychain.unlock']({});
    expect(!refused.ok && refused.error.message).toContain('master password is due');
    await tested.get('vault.unlock', { password: typed() });
    await again.renew('vault.unlock');
    lock(tested);
    expect((await again.calls['keychain.unlock']({})).ok).toBe(true);
    // The shell from before the restart holds a secret that opens nothing any more.
    lock(tested);
    expect((await shell.calls['keychain.unlock']({})).ok).toBe(false);
  });

  it('ends with a new password or a recovery, until the app renews it', async () => {
    const { tested, shell, recoveryCode } = await seat();
    await shell.calls['keychain.turnOn']({ password: typed(), hours: 8 });
    await tested.get('password.change', { current: typed(), next: bytesOf('another password') });
    lock(tested);
    const refused = await shell.calls['keychain.unlock']({});
    expect(!refused.ok && refused.error).toMatchObject({ kind: 'wrong-password', next: 'Use the password.' });
    await tested.get('vault.unlock', { password: bytesOf('another password') });
    await shell.renew('vault.unlock');
    lock(tested);
    await tested.get('vault.recover', { code: bytesOf(recoveryCode), password: typed() });
    lock(tested);
    expect((await shell.calls['keychain.unlock']({})).ok).toBe(false);
    // What the keychain held was out of date: nobody guessed, and nobody has to wait.
    expect(tested.agent.state().retryAtMs).toBeNull();
    await tested.get('vault.unlock', { password: typed() });
  });

  it('ends when it is switched off, and the password opens as ever', async () => {
    const { tested, world, shell } = await seat();
    await shell.calls['keychain.turnOn']({ password: typed(), hours: 8 });
    expect((await shell.calls['keychain.turnOff']({})).ok).toBe(true);
    expect(world.stored).toBe('missing');
    lock(tested);
    expect((await shell.calls['keychain.unlock']({})).ok).toBe(false);
    await tested.get('vault.unlock', { password: typed() });
    expect(tested.agent.state().settings.quickUnlockHours).toBe(0);
  });

  it('is open to no window and no command line directly', async () => {
    const { tested } = await seat();
    for (const caller of ['window', 'command-line'] as const)
      for (const [name, input] of [
        ['keychain.makeSlot', {}],
        ['keychain.dropSlot', {}],
        ['vault.unlockWithKeychain', { secret: randomBytes(32) }],
      ] as const) {
        const refused = await tested.call(name, input, caller);
        expect(!refused.ok && refused.error.kind, `${caller} ${name}`).toBe('wrong-sender');
      }
  });
});

describe('wrong passwords in the window', () => {
  const agentAt = async () => {
    let nowMs = 10_000_000;
    const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs };
    let derivations = 0;
    const derive: VaultPorts['kdf']['derive'] = (...input) => {
      derivations += 1;
      return cheap.kdf.derive(...input);
    };
    const tested = await newAgent({ ports: { ...cheap, clock, kdf: { ...cheap.kdf, derive } } });
    onTestFinished(tested.remove);
    await tested.get('vault.create', { password: typed() });
    lock(tested);
    return {
      tested,
      pass: (ms: number) => {
        nowMs += ms;
      },
      derivations: () => derivations,
    };
  };
  const tryWrong = ({ call }: TestAgent, caller: 'window' | 'command-line' = 'window') =>
    call('vault.unlock', { password: bytesOf('wrong') }, caller);
  const kind = async (result: ReturnType<typeof tryWrong>): Promise<string | null> => {
    const answer = await result;
    return answer.ok ? null : answer.error.kind;
  };

  it('wait longer and longer, and derive nothing meanwhile; the right one waits as well', async () => {
    const { tested, pass, derivations } = await agentAt();
    for (let slip = 0; slip < 3; slip += 1) expect(await kind(tryWrong(tested))).toBe('wrong-password');
    for (const seconds of [1, 2, 4, 8, 16]) {
      const before = derivations();
      pass(seconds * 1_000 - 1);
      expect(await kind(tryWrong(tested))).toBe('too-soon');
      expect(await kind(tested.call('vault.unlock', { password: typed() }, 'window') as never)).toBe(
        'too-soon',
      );
      expect(derivations()).toBe(before);
      pass(1);
      expect(await kind(tryWrong(tested))).toBe('wrong-password');
    }
    pass(32_000);
    expect((await tested.call('vault.unlock', { password: typed() }, 'window')).ok).toBe(true);
    lock(tested);
    expect(await kind(tryWrong(tested))).toBe('wrong-password');
    expect((await tested.call('vault.unlock', { password: typed() }, 'window')).ok).toBe(true);
  });

  it('are counted for the window over a restart, and hold no command line up', async () => {
    const { tested } = await agentAt();
    for (let slip = 0; slip < 4; slip += 1)
      expect(await kind(tryWrong(tested, 'command-line'))).toBe('wrong-password');
    const again = await newAgent({
      home: tested.home,
      ports: { ...cheap, clock: { nowMs: () => 10_000_001, monotonicMs: () => 0 } },
    });
    expect(await kind(tryWrong(again))).toBe('too-soon');
    again.agent.close();
  });

  it('hold up guesses at the present password in Settings too', async () => {
    const { tested } = await agentAt();
    await tested.get('vault.unlock', { password: typed() });
    const guess = () =>
      tested.call('password.change', { current: bytesOf('wrong'), next: bytesOf('x') }, 'window');
    for (let slip = 0; slip < 3; slip += 1) expect(await kind(guess() as never)).toBe('wrong-password');
    expect(await kind(guess() as never)).toBe('too-soon');
  });
});

// Unlocking with the system's keychain, for every answer that a keychain can give. The pad, the file and the clock are the test's.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { electronKeychain, sealedFile } from '../../../src/main/keychain/electron-keychain.ts';
import { createKeychainCalls, createRenewal } from '../../../src/main/keychain/keychain-calls.ts';
import { createQuickUnlock } from '../../../src/main/keychain/quick-unlock.ts';
import type { SealedSecret, SystemKeychain } from '../../../src/main/keychain/system-keychain.ts';
import { randomBytes } from '../../../src/main/effects.ts';

const hour = 3_600_000;

type World = {
  backend: string;
  isThere: boolean;
  denies: boolean;
  rotated: boolean;
  nowMs: number;
  stored: SealedSecret | 'missing' | 'unreadable';
  writable: boolean;
  sealedTimes: number;
};

const flip = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0x5a);

const make = (world: Partial<World> = {}) => {
  const now: World = {
    backend: 'gnome_libsecret',
    isThere: true,
    denies: false,
    rotated: false,
    nowMs: 1_000_000,
    stored: 'missing',
    writable: true,
    sealedTimes: 0,
    ...world,
  };
  const timers: (() => void)[] = [];
  const keychain: SystemKeychain = {
    backend: () => now.backend,
    isAvailable: () => Promise.resolve(now.isThere),
    seal: (text) => {
      now.sealedTimes += 1;
      return now.denies
        ? Promise.reject(new Error('denied'))
        : Promise.resolve(flip(new TextEncoder().encode(text)));
    },
    open: (sealed) =>
      now.denies
        ? Promise.reject(new Error('denied'))
        : Promise.resolve({ result: new TextDecoder().decode(flip(sealed)), shouldReEncrypt: now.rotated }),
  };
  const start = () =>
    createQuickUnlock({
      keychain,
      file: {
        read: () => now.stored,
        write: (secret) => {
          if (now.writable) now.stored = secret;
          return now.writable;
        },
        remove: () => {
          now.stored = 'missing';
        },
      },
      randomBytes,
      nowMs: () => now.nowMs,
      after: (_ms, task) => {
        timers.push(task);
        return () => undefined;
      },
    });
  return { now, timers, start, quick: start() };
};

const secret = (): Uint8Array => randomBytes(32);
const kindOf = (result: { ok: boolean; error?: { kind: string } }): string | undefined => result.error?.kind;

describe('a secret kept by the keychain', () => {
  it('comes back as it was while the time runs', async () => {
    const { quick, now } = make();
    const kept = secret();
    expect((await quick.keep(kept, 8)).ok).toBe(true);
    expect((await quick.look()).untilMs).toBe(now.nowMs + 8 * hour);
    now.nowMs += 8 * hour - 1;
    const taken = await quick.take();
    expect(taken.ok && [...taken.value]).toEqual([...kept]);
  });

  it('is not what lies sealed: neither the file nor what the keychain opens holds it', async () => {
    const { quick, now } = make();
    const kept = secret();
    await quick.keep(kept, 8);
    const stored = now.stored as SealedSecret;
    const opened = Buffer.from(Buffer.from(flip(Buffer.from(stored.sealed, 'base64'))).toString(), 'base64');
    expect(opened).toHaveLength(32);
    expect(opened.equals(Buffer.from(kept))).toBe(false);
    expect(JSON.stringify(stored)).not.toContain(Buffer.from(kept).toString('base64'));
  });

  it('opens nothing after a restart, though file and keychain are all there', async () => {
    const { quick, start } = make();
    await quick.keep(secret(), 8);
    const again = start();
    expect((await again.look()).untilMs).toBeNull();
    const taken = await again.take();
    expect(kindOf(taken)).toBe('refused');
    expect(!taken.ok && taken.error.message).toContain('master password is due');
  });

  it('opens nothing after the chosen time, nor with a clock that was set back', async () => {
    for (const shift of [hour, -1]) {
      const { quick, now } = make();
      await quick.keep(secret(), 1);
      now.nowMs += shift;
      expect(kindOf(await quick.take())).toBe('refused');
      now.nowMs -= shift;
      expect(kindOf(await quick.take())).toBe('refused');
    }
  });

  it('is forgotten by a timer when the time is over, without being asked', async () => {
    const { quick, timers } = make();
    await quick.keep(secret(), 1);
    for (const run of timers) run();
    expect((await quick.look()).untilMs).toBeNull();
  });

  it('is gone once it is switched off', async () => {
    const { quick, now } = make();
    await quick.keep(secret(), 8);
    quick.forget();
    expect(now.stored).toBe('missing');
    expect(kindOf(await quick.take())).toBe('refused');
  });
});

describe('a keychain that cannot be trusted or is not there', () => {
  it.each(['basic_text', 'unknown'])('"%s" is refused, and nothing is sealed by it', async (backend) => {
    const { quick, now } = make({ backend });
    expect((await quick.look()).unavailable?.kind).toBe('refused');
    expect(kindOf(await quick.keep(secret(), 8))).toBe('refused');
    expect(now.sealedTimes).toBe(0);
    expect(now.stored).toBe('missing');
  });
  it.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6', 'Keychain', 'DPAPI'])(
    '"%s" is used',
    async (backend) => {
      const { quick } = make({ backend });
      expect(await quick.look()).toMatchObject({ unavailable: null, backend });
      expect((await quick.keep(secret(), 8)).ok).toBe(true);
    },
  );
  it('is refused where the system says that none is available, whatever its name', async () => {
    const { quick } = make({ isThere: false });
    expect((await quick.look()).unavailable?.next).toContain('master password always works');
  });
  it('a question that throws is a no', async () => {
    const throwing = createQuickUnlock({
      keychain: {
        ...({} as SystemKeychain),
        backend: () => {
          throw new Error('gone');
        },
      },
      file: { read: () => 'missing', write: () => true, remove: () => undefined },
      randomBytes,
      nowMs: () => 0,
      after: () => () => undefined,
    });
    expect((await throwing.look()).unavailable?.kind).toBe('refused');
  });
});

describe('what goes wrong with a keychain', () => {
  it('another backend is told by name, and what was sealed stays', async () => {
    const { quick, now } = make();
    await quick.keep(secret(), 8);
    const before = now.stored;
    now.backend = 'kwallet6';
    const taken = await quick.take();
    expect(!taken.ok && taken.error.message).toMatch(/gnome_libsecret.*kwallet6.*not affected/);
    expect(now.stored).toEqual(before);
    expect(await quick.mayRenew()).toBe(false);
    now.backend = 'gnome_libsecret';
    expect((await quick.take()).ok).toBe(true);
  });
  it('a prompt that was denied is a no in words, and may be asked again', async () => {
    const { quick, now } = make();
    await quick.keep(secret(), 8);
    now.denies = true;
    const taken = await quick.take();
    expect(!taken.ok && taken.error).toMatchObject({ kind: 'refused', next: 'Type the master password.' });
    now.denies = false;
    expect((await quick.take()).ok).toBe(true);
  });
  it('a prompt denied while switching on keeps nothing', async () => {
    const { quick, now } = make({ denies: true });
    expect(kindOf(await quick.keep(secret(), 8))).toBe('refused');
    expect(now.stored).toBe('missing');
  });
  it('a rotated key seals anew, once, and opens as before', async () => {
    const { quick, now } = make();
    const kept = secret();
    await quick.keep(kept, 8);
    now.rotated = true;
    const taken = await quick.take();
    expect(taken.ok && [...taken.value]).toEqual([...kept]);
    expect(now.sealedTimes).toBe(2);
    now.writable = false;
    expect((await quick.take()).ok).toBe(true);
  });
  it.each(['unreadable', { backend: 'gnome_libsecret', sealed: '*** no base 64' }] as const)(
    'a damaged file is told (%j)',
    async (stored) => {
      const { quick, now } = make();
      await quick.keep(secret(), 8);
      now.stored = stored;
      const taken = await quick.take();
      expect(!taken.ok && taken.error).toMatchObject({
        kind: 'damaged',
        message: expect.stringContaining('not affected'),
      });
    },
  );
  it('a file of something else opens nothing', async () => {
    const { quick, now } = make();
    await quick.keep(secret(), 8);
    now.stored = {
      backend: 'gnome_libsecret',
      sealed: Buffer.from(flip(Buffer.from('AAAA'))).toString('base64'),
    };
    expect(kindOf(await quick.take())).toBe('refused');
  });
  it('a folder that cannot be written to is told', async () => {
    const { quick } = make({ writable: false });
    expect(kindOf(await quick.keep(secret(), 8))).toBe('io');
  });
});

describe('the calls', () => {
  const asked = (answers: Readonly<Record<string, unknown>>) => {
    const sent: string[] = [];
    const ask = (name: string, input: unknown) => {
      sent.push(`${name} ${JSON.stringify(input)}`);
      return Promise.resolve(answers[name] ?? { ok: true, value: undefined });
    };
    return { sent, ask: ask as never };
  };

  it('switch on with the password, wipe the secret, and say how long', async () => {
    const { quick, now } = make();
    const made = secret();
    const { sent, ask } = asked({ 'keychain.makeSlot': { ok: true, value: { secret: made } } });
    const calls = createKeychainCalls({ ask, quick, hours: () => 0 });
    const on = await calls['keychain.turnOn']({ password: new Uint8Array([1]), hours: 4 });
    expect(on.ok && on.value.untilMs).toBe(now.nowMs + 4 * hour);
    expect(made.every((byte) => byte === 0)).toBe(true);
    expect(sent.at(-1)).toBe('settings.change {"quickUnlockHours":4}');
  });
  it('do not switch on with a wrong password, nor without a keychain', async () => {
    const wrong = { ok: false, error: { kind: 'wrong-password', message: '', next: '' } };
    for (const backend of ['gnome_libsecret', 'basic_text']) {
      const { quick, now } = make({ backend });
      const { sent, ask } = asked({ 'keychain.makeSlot': wrong });
      const calls = createKeychainCalls({ ask, quick, hours: () => 0 });
      expect((await calls['keychain.turnOn']({ password: new Uint8Array([1]), hours: 4 })).ok).toBe(false);
      expect(sent.some((each) => each.startsWith('settings.change'))).toBe(false);
      expect(now.stored).toBe('missing');
    }
  });
  it('take the slot out again where the keychain keeps nothing', async () => {
    const { quick } = make({ denies: true });
    const { sent, ask } = asked({ 'keychain.makeSlot': { ok: true, value: { secret: secret() } } });
    await createKeychainCalls({ ask, quick, hours: () => 0 })['keychain.turnOn']({
      password: new Uint8Array([1]),
      hours: 4,
    });
    expect(sent).toContain('keychain.dropSlot {}');
  });
  it('renew after a typed password, only where switched on', async () => {
    for (const [hours, name, times] of [
      [8, 'vault.unlock', 1],
      [8, 'password.change', 1],
      [8, 'vault.unlockWithKeychain', 0],
      [8, 'keys.list', 0],
      [0, 'vault.unlock', 0],
    ] as const) {
      const { quick } = make();
      const { sent, ask } = asked({ 'keychain.makeSlot': { ok: true, value: { secret: secret() } } });
      await createRenewal({ ask, quick, hours: () => hours })(name);
      expect(sent.filter((each) => each.startsWith('keychain.makeSlot'))).toHaveLength(times);
    }
  });
  it('switch off: the slot, the file and the setting are gone', async () => {
    const { quick, now } = make();
    await quick.keep(secret(), 8);
    const { sent, ask } = asked({});
    await createKeychainCalls({ ask, quick, hours: () => 8 })['keychain.turnOff']({});
    expect(now.stored).toBe('missing');
    expect(sent).toEqual(['keychain.dropSlot {}', 'settings.change {"quickUnlockHours":0}']);
  });
});

describe('the file and the adapter', () => {
  it('write privately and read strictly', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyturn-keychain-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'keychain.json');
    const file = sealedFile(path);
    expect(file.read()).toBe('missing');
    expect(file.write({ backend: 'kwallet6', sealed: 'AAAA' })).toBe(true);
    expect(file.read()).toMatchObject({ backend: 'kwallet6', sealed: 'AAAA' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    for (const text of [
      '',
      '{',
      '[]',
      '{"version":2,"backend":"x","sealed":""}',
      '{"version":1,"backend":"x"}',
      'x'.repeat(70_000),
    ]) {
      writeFileSync(path, text);
      expect(file.read()).toBe('unreadable');
    }
  });
  it('ask Linux alone for the backend', () => {
    const storage = {
      getSelectedStorageBackend: () => 'basic_text' as const,
      isAsyncEncryptionAvailable: () => Promise.resolve(true),
      encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(text)),
      decryptStringAsync: () => Promise.resolve({ result: '', shouldReEncrypt: false }),
    };
    expect(electronKeychain(storage, 'linux').backend()).toBe('basic_text');
    expect(electronKeychain(storage, 'darwin').backend()).toBe('Keychain');
    expect(electronKeychain(storage, 'win32').backend()).toBe('DPAPI');
  });
});

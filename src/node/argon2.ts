// Argon2id off the caller's thread: the native module where it loads and gives the right bytes, libsodium in a worker
// otherwise. Both give identical output (test/unit/argon2.test.ts). Neither is node:crypto, which Electron builds differently.
import { totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import { copyInPlace, SecretBytes } from '../core/model/secret-bytes.ts';
import type { Kdf, KdfParams } from '../core/ports.ts';

type Derive = (
  password: Uint8Array,
  salt: Uint8Array,
  params: KdfParams,
  length: number,
) => Promise<Uint8Array>;

/** Argon2id('keyturn', 'keyturn-selftest', 64 KiB, 1 pass): cheap enough to run at every start. */
const selfTest = {
  password: 'keyturn',
  salt: 'keyturn-selftest',
  params: { memoryKiB: 64, passes: 1 },
  expected: '71a9f1a909267c9ff37907d436c8bd9ed31f12dc4c4b6948ea9b960d454f2c3d',
} as const;

/** The native module, or null where it does not load (platform without a binary) or computes something else. */
export const nativeArgon2 = async (): Promise<Derive | null> => {
  try {
    const { hashRaw } = await import('@node-rs/argon2');
    const derive: Derive = async (password, salt, { memoryKiB, passes }, length) => {
      const options = { memoryCost: memoryKiB, timeCost: passes, outputLen: length, parallelism: 1, salt };
      // Algorithm 2 is Argon2id, version 1 is 0x13: ambient const enums of the package, not importable here.
      const hashed = await hashRaw(password, { ...options, algorithm: 2, version: 1 });
      const bytes = Uint8Array.from(hashed);
      hashed.fill(0);
      return bytes;
    };
    return (await passesSelfTest(derive)) ? derive : null;
  } catch {
    return null;
  }
};

const passesSelfTest = async (derive: Derive): Promise<boolean> => {
  const { password, salt, params, expected } = selfTest;
  const bytes = await derive(Buffer.from(password), Buffer.from(salt), params, 32);
  return Buffer.from(bytes).toString('hex') === expected;
};

/** Runs in the worker, as text so that no bundler has to find a second file. Wipes the password it was given. */
const workerSource = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.sodiumUrl).then(async ({ default: sodium }) => {
  await sodium.ready;
  const { password, salt, memoryKiB, passes, length } = workerData;
  try {
    const bytes = sodium.crypto_pwhash(length, password, salt, passes, memoryKiB * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13);
    parentPort.postMessage(bytes, [bytes.buffer]);
  } finally {
    password.fill(0);
  }
});
`;

/** libsodium in a worker of its own, which ends after one derivation and gives its memory back. */
export const wasmArgon2 = (): Derive => {
  const sodiumUrl = import.meta.resolve('libsodium-wrappers-sumo');
  return (password, salt, { memoryKiB, passes }, length) =>
    new Promise((resolve, reject) => {
      const sent = password.slice();
      const worker = new Worker(workerSource, {
        eval: true,
        workerData: { sodiumUrl, password: sent, salt: salt.slice(), memoryKiB, passes, length },
        transferList: [sent.buffer],
      });
      worker.once('message', (bytes: Uint8Array) => resolve(bytes));
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the derivation ended without a result')));
    });
};

const defaultTargetMs = 1000;
const mostMemoryKiB = 1_048_576;
/** Leaves the machine seven eighths of its memory. */
const memoryShare = 8;

export type KdfOptions = { readonly targetMs?: number; readonly implementation?: 'native' | 'wasm' };

/** The Kdf port. `implementation: 'wasm'` forces the fallback, for tests and doctor. */
export const nodeKdf = async (options: KdfOptions = {}): Promise<Kdf> => {
  const native = options.implementation === 'wasm' ? null : await nativeArgon2();
  const derive = native ?? wasmArgon2();
  return {
    implementation: native === null ? 'wasm' : 'native',
    targetMs: options.targetMs ?? defaultTargetMs,
    memoryLimitKiB: Math.min(mostMemoryKiB, Math.floor(totalmem() / 1024 / memoryShare)),
    derive: async (password, salt, params, length) => {
      const borrowed = password.use(copyInPlace);
      try {
        return SecretBytes.own(await derive(borrowed, salt, params, length));
      } finally {
        borrowed.fill(0);
      }
    },
  };
};

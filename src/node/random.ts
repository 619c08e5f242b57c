// Random bytes from the operating system through node:crypto. Short requests are served from a pool: a call of its own for each
// nonce costs more than sealing a record (shared/reference/performance.md §5).
import { randomFillSync } from 'node:crypto';
import type { Random } from '../core/ports.ts';

const poolBytes = 8192;
const largestFromPool = 64;

/** Every byte of the pool is handed out once and erased there. */
export const nodeRandom = (): Random => {
  const pool = new Uint8Array(poolBytes);
  let used = poolBytes;
  return {
    bytes: (length) => {
      if (length > largestFromPool) return randomFillSync(new Uint8Array(length));
      if (used + length > poolBytes) {
        randomFillSync(pool);
        used = 0;
      }
      const bytes = pool.slice(used, used + length);
      pool.fill(0, used, used + length);
      used += length;
      return bytes;
    },
  };
};

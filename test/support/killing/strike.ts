// Kills one process of one kind with SIGKILL at a random moment of its write. The first of a kind is let through: it tells what the vault
// looks like afterwards, and how long the write lasts.
import { randomInt } from 'node:crypto';
import { watch } from 'node:fs';
import { expect } from 'vitest';
import type { VaultPorts } from '../../../src/core/vault/vault.ts';
import type { Kind } from './kinds.ts';
import { goOn, lookAt, type Seen } from './look.ts';
import type { Ground, Place } from './place.ts';
import { expectPortions } from './portions.ts';

export type Calibrated = {
  readonly before: Seen;
  readonly after: Seen;
  /** From the start of the process to the first touch of a file of the vault, and to the end. */
  readonly firstMs: number;
  readonly lastMs: number;
};

export type Struck = { readonly seen: 'before' | 'after'; readonly acknowledged: boolean };

const placeFor = (ground: Ground, kind: Kind): Place => {
  const place = ground.fresh();
  kind.prepare?.(place);
  return place;
};

export const calibrate = async (ports: VaultPorts, ground: Ground, kind: Kind): Promise<Calibrated> => {
  const place = placeFor(ground, kind);
  const before = await lookAt(ports, place);
  const running = await kind.start(place);
  const startedMs = performance.now();
  let firstMs = Number.POSITIVE_INFINITY;
  const watcher = watch(place.home, () => {
    firstMs = Math.min(firstMs, performance.now() - startedMs);
  });
  const acknowledged = await running.go();
  const lastMs = performance.now() - startedMs;
  watcher.close();
  expect(acknowledged).toBe(true);
  const after = await lookAt(ports, place);
  return { before, after, firstMs: Math.min(firstMs, lastMs), lastMs };
};

/** A hundred and more of these must not take the machine's time for what one look tells: see `goOn`. */
export const strike = async (
  ports: VaultPorts,
  ground: Ground,
  kind: Kind,
  { before, after, firstMs, lastMs }: Calibrated,
): Promise<Struck> => {
  const place = placeFor(ground, kind);
  const running = await kind.start(place);
  const momentMs = firstMs + (randomInt(1_000) / 1_000) * (lastMs - firstMs) * 1.02;
  const timer = setTimeout(() => running.child.kill('SIGKILL'), momentMs);
  const acknowledged = await running.go();
  clearTimeout(timer);
  const seen = await lookAt(ports, place);
  const when = `killed after ${momentMs.toFixed(1)} of ${lastMs.toFixed(1)} ms`;
  if (kind.portion === undefined) expect([before, after], when).toContain(seen);
  else expectPortions(kind.portion, { before, after, seen }, when);
  if (acknowledged) expect(seen, when).toBe(after);
  if (kind.isMigration !== true) await goOn(ports, place);
  return { seen: seen === after ? 'after' : 'before', acknowledged };
};

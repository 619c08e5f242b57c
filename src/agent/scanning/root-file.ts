// What is watched, in a file beside the vault, so that a scanner that starts while the vault is locked knows it: paths, nothing else.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Files } from '../../core/ports.ts';
import type { Result } from '../../core/model/result.ts';
import { orders, type ScanOrder } from './messages.ts';

export type WatchOrder = Extract<ScanOrder, { readonly what: 'watch' }>;

export const notAnyMore: WatchOrder = { what: 'watch', on: false, roots: [], places: [], terminals: null };

const fileName = 'scan.roots';
const fileMode = 0o600;
const maxBytes = 32 * 1024 * 1024;

/** @param home absolute path of the vault's folder */
export const rootFile = (home: string): string => join(home, fileName);

export const writeWatchOrder = (files: Files, home: string, order: WatchOrder): Result<undefined> =>
  files.writeAtomic(rootFile(home), new TextEncoder().encode(`${JSON.stringify(order)}\n`), fileMode);

/** Null where there is none, or it is not one: nothing is watched until an agent says so. */
export const readWatchOrder = (home: string): WatchOrder | null => {
  try {
    const bytes = readFileSync(rootFile(home));
    if (bytes.length > maxBytes) return null;
    const parsed = v.safeParse(orders.watch, JSON.parse(bytes.toString('utf8')));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
};

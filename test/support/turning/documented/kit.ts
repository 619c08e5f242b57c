// What the tables of documented/ have in common: a turn that can be made there, and samples of keys that are nobody's.
import fc from 'fast-check';
import { formatOf, samplesOf } from '../../key-samples.ts';
import type { RemoteKey } from '../remote-keys.ts';
import type { TableProvider } from '../table-server.ts';

export type Values = Readonly<Record<string, string>>;

/** A provider before a turn. */
export type Beginning = {
  readonly provider: TableProvider;
  readonly old: RemoteKey;
  /** Fields of the old key as the vault holds them. */
  readonly values: Values;
  readonly manager?: { readonly provider: string; readonly values: Values };
  readonly inputs?: Values;
  readonly expiresOn?: string;
  /** What a person made in the portal. */
  readonly pasted?: Values;
  /** What the key is called there, where nothing else tells which one it is. */
  readonly names?: readonly string[];
};

export type DocumentedTurn = {
  readonly provider: string;
  readonly way: string;
  readonly begin: () => Beginning;
  /** What an answer about the old key says in the end; `invalid` where it is left out. */
  readonly refusedAs?: 'blocked' | 'not-checkable';
  /** Keys have names there, and so a mark is found again. */
  readonly hasMarks: boolean;
};

const drawn = new Map<string, string[]>();
/** Another one each time: drawn by the hundred, since drawing one takes as long. */
export const freshKey = (provider: string, format: string): string => {
  const name = `${provider}/${format}`;
  const left = drawn.get(name) ?? [];
  if (left.length === 0)
    left.push(...new Set(fc.sample(samplesOf(formatOf(provider, format)), { numRuns: 100, seed: 7 })));
  drawn.set(name, left);
  return left.pop()!;
};

/** A day some months off, as the vault has it. */
export const laterDay = (): string => new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);

export const iso = (ms: number): string => new Date(ms).toISOString();

// How a provider is asked about a key, how its answers are read, and how a key of it is rotated: data only, read by the
// checker and the rotation engine. Paths that cost or change something stand in `neverCall` and are refused for every call.
import type { KeyKind } from './format.ts';

/** Results that a check may give; the words of `check --json`. */
export const checkStates = [
  'valid',
  'blocked',
  'invalid',
  'malformed',
  'not-activated',
  'expired',
  'unreachable',
  'not-checkable',
] as const;
export type CheckState = (typeof checkStates)[number];

/** Which field goes where in a request. A field never goes into an address where a header exists. */
export type AuthPlace = {
  readonly in: 'header' | 'form' | 'basic-user' | 'basic-password' | 'query';
  readonly name: string;
  /** Stands before the value, for example `Bearer `. */
  readonly prefix: string;
  readonly field: string;
  readonly required: boolean;
};

export type AuthScheme = { readonly places: readonly AuthPlace[]; readonly note?: string };

export type CheckRequest = {
  readonly environment: string;
  readonly kinds: readonly KeyKind[];
  readonly method: 'GET' | 'POST' | 'HEAD';
  readonly url: string;
  /** `none`: harmless and free. `quota`: counts against a quota. `session`: mints a short-lived token, discarded at once. */
  readonly cost: 'none' | 'quota' | 'session';
};

/** Rows are tried from top to bottom; the first that fits decides. An absent condition fits everything. */
export type DecisionRow = {
  readonly status?: number;
  readonly statusFrom?: number;
  /** Text that the (bounded) body contains. */
  readonly bodyHas?: string;
  readonly state: CheckState;
  readonly reason: string;
  readonly next: string;
};

export type CheckFacts =
  | { readonly possible: false; readonly why: string }
  | {
      readonly possible: true;
      readonly requests: readonly CheckRequest[];
      readonly neverCall: readonly string[];
      /** False where a scheduled check wants the person's consent per live key. */
      readonly scheduled: 'all' | 'test-only' | 'opt-in';
      readonly decisions: readonly DecisionRow[];
    };

export type RotationStep = {
  readonly id: 'prepare' | 'create' | 'verify' | 'distribute' | 'test' | 'confirm' | 'revoke' | 'prove';
  readonly text: string;
};

export type RotationFacts = {
  /** `guided`: a person does it in the portal, step by step. */
  readonly mode: 'api' | 'self' | 'guided';
  /** Can old and new work side by side? */
  readonly overlap: boolean;
  readonly needs: string;
  readonly steps: readonly RotationStep[];
  /** What the person types before revoking, where the portal asks for the same. */
  readonly typedConfirmation?: string;
};

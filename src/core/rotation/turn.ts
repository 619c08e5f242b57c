// What every step of the machine needs: the desk, the present record, and saving. A step answers whether to go on.
import type { Rotation } from '../model/rotation.ts';
import type { Desk, Effect } from './desk.ts';

/** `go`: the record moved, look at it again. `rest`: it waits, or nothing more can be done now. */
export type Move = 'go' | 'rest';

export type Step = (desk: Desk, rotation: Rotation) => Promise<Move>;

/** Saves and goes on; where the vault does not take it, nothing more is done. */
export const save = (desk: Desk, next: Rotation, effect?: Effect): Move =>
  (effect === undefined ? desk.save(next) : desk.save(next, effect)).ok ? 'go' : 'rest';

// What a turn of a key would be by default and by what a person chose: way, manager's key, inputs, order, new end. Local facts alone; asks nobody.
// docs/rotation.md §2.6, §3.1.
import { fail } from '../../model/app-error.ts';
import type { RecordId } from '../../model/ids.ts';
import type { KeyVersion } from '../../model/key.ts';
import { ok, type Result } from '../../model/result.ts';
import type { RotationOrder, RotationShape, TurnCare } from '../../model/rotation.ts';
import { currentVersion, heldKeys, type Book, type HeldKey } from '../../keys/book.ts';
import { addDays, daysBetween } from '../../keys/calendar.ts';
import { dayOf } from '../../keys/expiry.ts';
import { turnCareOf } from '../../keys/turns/turn-care.ts';
import type { ProviderDefinition } from '../../providers/provider.ts';
import { turnFor, waysFor } from '../../providers/turning/turn-catalogue.ts';
import { namesIn, textsOfCall } from '../../providers/turning/names.ts';
import type { TurnDefinition, TurnWay } from '../../providers/turning/turn-definition.ts';
import { endsOldAtOnce } from '../steps.ts';

/** By the steps of the provider's portal, where no file says better. */
export const byHand = 'guided';

/** What a person may say; what is missing is taken from the key's care, else from what fits. */
export type Wishes = {
  readonly way?: string | undefined;
  readonly order?: RotationOrder | undefined;
  /** Milliseconds. */
  readonly graceMs?: number | undefined;
  readonly managerKeyId?: RecordId | null | undefined;
  readonly inputs?: Readonly<Record<string, string>> | undefined;
  readonly oldRemoteId?: string | undefined;
  /** YYYY-MM-DD; null for none. */
  readonly expiresOn?: string | null | undefined;
};

export type Choice = {
  readonly held: HeldKey;
  readonly definition: ProviderDefinition | undefined;
  readonly turn: TurnDefinition | undefined;
  /** Ways that fit the key, without the one by hand. */
  readonly ways: readonly TurnWay[];
  /** Undefined by hand. */
  readonly way: TurnWay | undefined;
  readonly wayId: string;
  readonly shape: RotationShape;
  readonly order: RotationOrder;
  readonly graceMs: number;
  readonly managerKeyId: RecordId | null;
  readonly inputs: Readonly<Record<string, string>>;
  /** What is no secret in the key's own value. */
  readonly own: Readonly<Record<string, string>>;
  readonly oldRemoteId: string | null;
  /** YYYY-MM-DD; null for none. */
  readonly expiresOn: string | null;
  readonly care: TurnCare;
};

/** Keys of the vault by which a way can be gone, those of the same project first. */
export const managersFor = (book: Book, held: HeldKey, way: TurnWay): readonly HeldKey[] => {
  if (way.manager === 'self') return [];
  const keys = way.manager.providers
    .flatMap((provider) => heldKeys(book, book.byProvider.get(provider)))
    .filter(({ id }) => id !== held.id);
  const distance = ({ body }: HeldKey): number =>
    (body.projectId === held.body.projectId ? 0 : 2) + (body.kind === held.body.kind ? 0 : 1);
  return keys.sort(
    (left, right) => distance(left) - distance(right) || left.body.name.localeCompare(right.body.name),
  );
};

type Values = Readonly<Record<string, string>>;

/** What is no secret in a version's secret fields, by version: the user in a connection string. */
export type Apart = ReadonlyMap<RecordId, Values>;

const plainOf = ({ fields, id }: KeyVersion, apart: Apart): Values => ({
  ...apart.get(id),
  ...Object.fromEntries(fields.flatMap(({ name, value }) => (value === null ? [] : [[name, value]]))),
});

const plainValues = ({ body }: HeldKey): Values => plainOf(currentVersion(body), new Map());

/** What is proposed for an input: a field of the key, or what its provider told of it. */
export const proposedInput = (book: Book, held: HeldKey, name: string | undefined): string => {
  if (name === undefined) return '';
  const field = plainValues(held)[name];
  if (field !== undefined) return field;
  const told = book.logs.get(held.id)?.body.told.find(({ fact }) => fact === name)?.value;
  return typeof told === 'string' ? told : '';
};

/** Two that change places: what was kept for the last turn is the key's own now, and the other one is the one before it. */
const otherOf = ({ body }: HeldKey, field: string | undefined, value: string, apart: Apart): string => {
  if (field === undefined || plainOf(currentVersion(body), apart)[field] !== value) return value;
  const before = body.versions
    .map((version) => plainOf(version, apart)[field])
    .findLast((each) => each !== undefined && each !== value);
  return before ?? value;
};

const inputsOf = (
  book: Book,
  held: HeldKey,
  way: TurnWay | undefined,
  wished: Values,
  apart: Apart,
): Values =>
  Object.fromEntries(
    (way?.inputs ?? []).flatMap(({ name, proposed, alternates }) => {
      const given = (wished[name] ?? '').trim() || proposedInput(book, held, proposed);
      const value = otherOf(held, alternates, given, apart);
      return value === '' ? [] : [[name, value]];
    }),
  );

/** Whether the call that makes the new key cannot do without an end. */
export const needsEnd = (way: TurnWay | undefined): boolean =>
  way?.make !== undefined &&
  textsOfCall(way.make.call)
    .flatMap(namesIn)
    .some(({ name, optional }) => name.startsWith('expires') && !optional);

/** Where an end is needed and nothing says which: a quarter of a year. */
const usualDays = 90;

/** As long as the old one lived, from today; on the same day; or none. Never a day that is over. */
const usualEnd = ({ body }: HeldKey, way: TurnWay | undefined, nowMs: number): string | null => {
  const { expiresOn } = body;
  const today = dayOf(nowMs);
  const inDays = (days: number): string | null => addDays(today, days) ?? null;
  if (expiresOn !== null && way?.expiry === 'same-length') {
    const since = body.createdOn ?? dayOf(currentVersion(body).addedAtMs);
    const days = daysBetween(since, expiresOn) ?? 0;
    if (days >= 1) return inDays(days);
  }
  if (expiresOn !== null && way?.expiry !== 'none' && way?.expiry !== 'same-length' && expiresOn > today)
    return expiresOn;
  return needsEnd(way) ? inDays(usualDays) : null;
};

const chosenWay = (
  ways: readonly TurnWay[],
  wished: string | null | undefined,
): Result<TurnWay | undefined> => {
  if (wished === null || wished === undefined) return ok(ways[0]);
  const found = ways.find(({ id }) => id === wished);
  if (found !== undefined || wished === byHand) return ok(found);
  const names = [...ways.map(({ id }) => id), byHand].join(', ');
  return fail('bad-input', `This key has no way of turning called "${wished}".`, `Its ways: ${names}.`, {
    field: 'way',
  });
};

/** The provider has one place for such a key: whatever is wished, the old one goes before the new one can be made. */
const hasOnePlace = (way: TurnWay | undefined, definition: ProviderDefinition | undefined): boolean =>
  way?.quota === 1 && definition?.rotation.overlap === false;

/** What swaps in place knows no other order and no grace; nor is there a grace after the old key was revoked first. */
const courseOf = (
  shape: RotationShape,
  onePlace: boolean,
  wishes: Wishes,
  care: TurnCare,
): Pick<Choice, 'order' | 'graceMs'> => {
  if (endsOldAtOnce(shape)) return { order: 'overlap', graceMs: 0 };
  const { order = 'overlap', graceMs } = onePlace ? { order: 'revoke-first' as const } : wishes;
  return { order, graceMs: order === 'revoke-first' ? 0 : (graceMs ?? care.graceMs ?? 0) };
};

/** The manager's key that was wished or kept, else the nearest; null where the key turns itself or nobody can. */
const managerOf = (
  book: Book,
  held: HeldKey,
  way: TurnWay | undefined,
  wished: RecordId | null | undefined,
  kept: RecordId | null,
): RecordId | null => {
  if (way === undefined || way.manager === 'self') return null;
  const managers = managersFor(book, held, way);
  return wished ?? managers.find(({ id }) => id === kept)?.id ?? managers[0]?.id ?? null;
};

/**
 * Settles how a key would be turned.
 * @param formats those of the key's definition that its value has
 * @param apart what stands in connection strings, as far as they are at hand
 * @returns `bad-input` for a way that the key does not have
 */
export const chooseTurn = (
  book: Book,
  held: HeldKey,
  wishes: Wishes,
  formats: ReadonlySet<string>,
  nowMs: number,
  apart: Apart = new Map(),
): Result<Choice> => {
  const { provider } = held.body;
  const definition = provider === null ? undefined : book.catalogue().find(provider);
  // A definition from outside has taken the place of the built-in one: what is built in may no longer fit it.
  const turn = provider === null || book.ownProviders.has(provider) ? undefined : turnFor(provider);
  const ways = turn === undefined ? [] : waysFor(turn, formats);
  const care = turnCareOf(book, held.id);
  const kept = care.way !== null && (care.way === byHand || ways.some(({ id }) => id === care.way));
  const chosen = chosenWay(ways, wishes.way ?? (kept ? care.way : undefined));
  if (!chosen.ok) return chosen;
  const way = chosen.value;
  const shape = way?.shape ?? 'guided';
  return ok({
    held,
    definition,
    turn,
    ways,
    way,
    wayId: way?.id ?? byHand,
    shape,
    ...courseOf(shape, hasOnePlace(way, definition), wishes, care),
    managerKeyId: managerOf(book, held, way, wishes.managerKeyId, care.managerKeyId),
    inputs: inputsOf(book, held, way, { ...care.inputs, ...wishes.inputs }, apart),
    own: plainOf(currentVersion(held.body), apart),
    oldRemoteId: wishes.oldRemoteId ?? care.remoteId,
    expiresOn: wishes.expiresOn === undefined ? usualEnd(held, way, nowMs) : wishes.expiresOn,
    care,
  });
};

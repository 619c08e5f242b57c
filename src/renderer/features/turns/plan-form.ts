// What a person chose in the plan of a turn, as the calls take it; and what is still to be chosen before it may start. Pure.
import type { CallInput } from '../../../contract/contract.ts';
import type { TurnPlan } from '../../lib/types.ts';

type Start = CallInput<'rotation.start'>;
export type TurnOrder = NonNullable<Start['order']>;

export type PlanChoices = {
  readonly way?: string | undefined;
  readonly order?: TurnOrder | undefined;
  readonly graceMs?: number | undefined;
  readonly managerKeyId?: string | null | undefined;
  readonly inputs?: Readonly<Record<string, string>> | undefined;
  readonly oldRemoteId?: string | undefined;
  readonly expiresOn?: string | null | undefined;
  readonly removeFirst?: string | undefined;
};

export type Leak = { readonly foundAtMs: number } | null;

const given = <T extends object>(value: T): { [Name in keyof T]: Exclude<T[Name], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };

/** The plan's input: only what was chosen; the rest is the key's care or what fits. */
export const planInput = (keyId: string, choices: PlanChoices): CallInput<'rotation.plan'> => ({
  keyId,
  ...given(choices),
});

/** What is started is what was shown: the plan's own way, order and grace are said with it. */
export const startInput = (plan: TurnPlan, choices: PlanChoices, leak: Leak): Start => ({
  keyId: plan.keyId,
  ...given(choices),
  way: plan.way,
  order: plan.order,
  graceMs: plan.graceMs,
  ...(leak === null ? {} : { reason: 'leak' as const, foundAtMs: leak.foundAtMs }),
});

/** Choices of another way are of no use to this one. */
export const withWay = ({ order, graceMs }: PlanChoices, way: string): PlanChoices => ({
  order,
  graceMs,
  way,
});

export const isFull = ({ quota }: TurnPlan): boolean => quota !== null && quota.used >= quota.max;

/** What must be chosen first, in a sentence; empty where it may start. */
export const lacking = (plan: TurnPlan, choices: PlanChoices): string => {
  if (plan.blockers.length > 0) return 'Something stands in the way.';
  if (plan.choices.length > 0 && choices.oldRemoteId === undefined)
    return `Say which key at ${plan.providerName} is the old one.`;
  const missing = plan.ways
    .find(({ id }) => id === plan.way)
    ?.inputs.find(({ name, required, value }) => required && (choices.inputs?.[name] ?? value).trim() === '');
  return missing === undefined ? '' : `Fill in: ${missing.label}.`;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Graces that are one press away. */
export const usualGraces = [
  { value: '0', label: 'None' },
  { value: String(hourMs), label: '1 hour' },
  { value: String(dayMs), label: '1 day' },
  { value: String(7 * dayMs), label: '7 days' },
] as const;

export const mostGraceDays = 366;

/** A grace as typed: "36" hours or "10" days; null where it is no length. */
export const readGrace = (text: string, unit: 'hours' | 'days'): number | null => {
  const word = text.trim();
  if (!/^\d{1,4}$/.test(word)) return null;
  const ms = Number(word) * (unit === 'hours' ? hourMs : dayMs);
  return ms > 0 && ms <= mostGraceDays * dayMs ? ms : null;
};

/** How a grace is shown in its field. */
export const graceParts = (ms: number): { readonly count: string; readonly unit: 'hours' | 'days' } =>
  ms > 0 && ms % dayMs !== 0
    ? { count: String(Math.max(1, Math.round(ms / hourMs))), unit: 'hours' }
    : { count: String(ms / dayMs), unit: 'days' };

/** A moment as a field of date and time takes it, in the person's own time. */
export const localMoment = (atMs: number): string => {
  const date = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

export const readMoment = (text: string, nowMs: number): number | null => {
  const atMs = new Date(text).getTime();
  return Number.isFinite(atMs) && atMs > 0 && atMs <= nowMs ? atMs : null;
};

// What a call of a turn is put with: whose values prove it, what its names in braces stand for, the session that is opened for it.
import type { JsonValue } from '../../model/json.ts';
import { atPath, type Answer } from '../ask/decide.ts';
import { effectiveValues } from '../take-apart.ts';
import { endsOf } from './ask/ends.ts';
import { inDocument, secretsIn } from './ask/ids.ts';
import { learnFrom } from './ask/learn.ts';
import type { Proof } from './ask/proof.ts';
import { putCall } from './ask/put-call.ts';
import { isHttp } from './names.ts';
import type { Heard, Values } from './remote-port.ts';
import type { RemoteOptions } from './remote.ts';
import type { HttpCall, Prover, TurnCall } from './turn-definition.ts';

/** What is particular to one call. */
export type Saying = {
  readonly isReading: boolean;
  /** Learnt in this turn and not in the record yet. */
  readonly learnt?: Values;
  readonly mark?: string;
  readonly id?: string;
  readonly oldId?: string | null;
  /** For a revoke: the key that goes, as far as it is at hand, and the one that stays. */
  readonly goes?: Values | null;
  readonly stays?: Values | null;
};

/** Whether the old key has been revoked, or was replaced by the call that made the new one. */
export const isOldOver = ({ way, rotation }: RemoteOptions): boolean => {
  const { revoked, deadAtMs, step, phase, newVersionId } = rotation();
  // On the way back the old one is to stay, and what is counted as revoked is the new one.
  if (phase === 'undoing') return false;
  const endsAtOnce = way.shape === 'swap' || way.shape === 'chain';
  return deadAtMs !== null || revoked > 0 || step === 'prove' || (endsAtOnce && newVersionId !== null);
};

/** The key of the turn that works now. */
export const living = (options: RemoteOptions): Values | null =>
  isOldOver(options) ? (options.new() ?? options.old()) : options.old();

const markLower = (mark: string): string => {
  const low = mark.toLowerCase().replaceAll('-', '_');
  return /^[a-z_]/.test(low) ? low : `_${low}`;
};

/** Names that are read from a value which is a JSON document. */
const readNames = ({ way, definition }: RemoteOptions, old: Values | null): Values => {
  const values = old === null ? {} : effectiveValues(definition, old);
  return Object.fromEntries(
    (way.reads ?? []).flatMap(({ name, field, json }) => {
      const read = inDocument(values[field] ?? '', json);
      return typeof read === 'string' || typeof read === 'number' ? [[name, JSON.stringify(read)]] : [];
    }),
  );
};

type Keys = Readonly<Record<'old' | 'new', Values | null>>;

const keysOf = (options: RemoteOptions, saying: Saying): Keys => ({
  old: saying.goes === undefined ? options.old() : saying.goes,
  new: saying.stays === undefined ? options.new() : saying.stays,
});

/** Secrets of every key that is known here. */
export const allSecrets = (options: RemoteOptions): readonly string[] => {
  const manager = options.manager();
  return [
    ...secretsIn(options.definition, options.old()),
    ...secretsIn(options.definition, options.new()),
    ...(manager === null ? [] : secretsIn(manager.definition, manager.values)),
  ];
};

const ownNames = (options: RemoteOptions, saying: Saying): Record<string, JsonValue | undefined> => {
  const { expiresOn, oldRemoteId, newRemoteId } = options.rotation();
  const { mark, id } = saying;
  return {
    ...endsOf(expiresOn, options.wires.nowMs()),
    mark,
    markLower: mark === undefined ? undefined : markLower(mark),
    id,
    oldId: saying.oldId ?? oldRemoteId ?? undefined,
    newId: newRemoteId ?? undefined,
  };
};

const proverOf = (options: RemoteOptions, keys: Keys, by: Prover, saying: Saying): Proof | null => {
  const { way, definition } = options;
  if (by === 'nobody') return { kind: 'nobody' };
  const manager = way.manager === 'self' ? null : options.manager();
  if (by === 'manager' && way.manager !== 'self')
    return manager === null ? null : { kind: 'party', party: manager };
  const self = saying.stays === undefined ? living(options) : saying.stays;
  const values = by === 'old' ? keys.old : by === 'new' ? keys.new : self;
  return values === null ? null : { kind: 'party', party: { definition, values } };
};

const pastEnd: Heard<never> = {
  kind: 'unsent',
  reason: 'The end that was wished for the new key is not a day that is still to come.',
  next: 'Begin again with a later day.',
};

const noToken: Heard<never> = {
  kind: 'unsent',
  reason: 'The provider opened no session: its answer holds no token.',
  next: 'Check the key that proves the calls, then go on.',
};

const openSession = async (options: RemoteOptions, saying: Saying): Promise<Heard<Proof>> => {
  const { session } = options.way;
  if (session === undefined) return noToken;
  const heard = await putOnce(options, session.call, { ...saying, isReading: true });
  if (heard.kind !== 'done') return heard;
  const token = atPath(heard.value.json, session.token);
  return typeof token === 'string' && token !== '' && token.length <= 16_384
    ? { kind: 'done', value: { kind: 'session', token, auth: session.auth } }
    : noToken;
};

/** What came before a call that changes something: whatever became of it, that call was not put. */
export const notYetSent = <T>(heard: Heard<T>): Heard<T> =>
  heard.kind === 'lost' ? { ...heard, kind: 'unsent' } : heard;

const putOnce = async (options: RemoteOptions, call: TurnCall, saying: Saying): Promise<Heard<Answer>> => {
  const { way, definition, reach, wires, rotation } = options;
  const keys = keysOf(options, saying);
  const opened = call.by === 'session' ? await openSession(options, saying) : undefined;
  if (opened !== undefined && opened.kind !== 'done') return saying.isReading ? opened : notYetSent(opened);
  const record = rotation();
  const own = ownNames(options, saying);
  if (saying.mark !== undefined && endsOf(record.expiresOn, wires.nowMs()) === undefined) return pastEnd;
  const apart = (values: Values | null): Values | null =>
    values === null ? null : effectiveValues(definition, values);
  const manager = options.manager();
  return putCall(
    {
      known: {
        definition,
        reach,
        values: apart(keys.old ?? options.old()) ?? {},
        own,
        inputs: way.inputs,
        given: record.inputs,
        learnt: { ...readNames(options, options.old()), ...record.learnt, ...saying.learnt },
        fields: {
          old: apart(keys.old),
          new: apart(keys.new),
          manager: manager === null ? null : effectiveValues(manager.definition, manager.values),
        },
      },
      proof: opened?.value ?? proverOf(options, keys, call.by, saying),
      isReading: saying.isReading,
      wires,
      secrets: allSecrets(options),
      attempt: saying.mark ?? null,
    },
    call,
  );
};

export const put = putOnce;

/** Reads, and learns from it. What was learnt comes with the answer. */
export const readCall = async (
  options: RemoteOptions,
  call: HttpCall,
  saying: Omit<Saying, 'isReading'> & { readonly learnt: Values },
): Promise<Heard<{ readonly answer: Answer; readonly learnt: Values }>> => {
  const heard = await putOnce(options, call, { ...saying, isReading: true });
  if (heard.kind !== 'done') return heard;
  const told = learnFrom(isHttp(call) ? (call.learns ?? []) : [], heard.value, allSecrets(options));
  return told.ok
    ? { kind: 'done', value: { answer: heard.value, learnt: { ...saying.learnt, ...told.values } } }
    : untold(told.name);
};

/** @param name of the learning that is missing: of the turn file, not of the answer */
export const untold = (name: string): Heard<never> => ({
  kind: 'refused',
  means: 'refused',
  reason: `The provider did not tell "${name}", which the turn cannot go on without.`,
  next: 'Turn the key by hand.',
  againInMs: null,
});

// From a call of a turn file to what is sent. Sends nothing; a call that cannot be written says why, and nothing was sent.
import { addressBy, namesOfOrigin } from '../../ask/address.ts';
import {
  basicOf,
  buildAsk,
  headersWith,
  withQuery,
  type Entry,
  type HttpAsk,
  type ServerAsk,
} from '../../ask/build.ts';
import { planAsking } from '../../ask/converse.ts';
import { say, type OrSaid } from '../../ask/question.ts';
import { effectiveValues } from '../../take-apart.ts';
import { namesIn } from '../names.ts';
import type { HttpCall, ServerCall } from '../turn-definition.ts';
import { fillText, writeBody } from './fill.ts';
import { knowText, type Known } from './known.ts';
import { prove, type Party, type Proof } from './proof.ts';

export type TurnHttpAsk = Omit<HttpAsk, 'method'> & { readonly method: HttpCall['method'] };

/** A change at a server of one's own: the login of whoever makes it, and whose password. */
export type TurnServerAsk = ServerAsk & {
  readonly action: ServerCall['action'];
  readonly whose: string;
  /** The password that is set, added or removed; null for the actions that name none. */
  readonly secret: string | null;
};

export type TurnAsk = TurnHttpAsk | TurnServerAsk;

export type BuiltCall = {
  readonly ask: TurnAsk;
  /** What the request carries that must not be seen, besides the keys' own secrets. */
  readonly carried: readonly string[];
};

export type CallContext = {
  readonly known: Known;
  readonly proof: Proof | null;
  /** Reading is repeated by whoever holds the wires; what changes something is the machine's to repeat. */
  readonly isReading: boolean;
};

const elsewhere = (name: string): OrSaid<never> =>
  say(
    'not-checkable',
    `The manager’s key is for another server than this key: "${name}" differs. It is not sent there.`,
    'Choose a manager’s key of the same server, or correct one of the two.',
  );

/** The secrets of one server are not shown to another. */
const strayHost = ({ known, proof }: CallContext, url: string): OrSaid<never> | undefined => {
  if (proof?.kind !== 'party') return undefined;
  const { definition, values } = proof.party;
  const theirs = effectiveValues(definition, values);
  const name = namesOfOrigin(url, known.reach).find((each) => {
    const [own, other] = [known.values[each] ?? '', theirs[each] ?? ''];
    return own !== '' && other !== '' && own.toLowerCase() !== other.toLowerCase();
  });
  return name === undefined ? undefined : elsewhere(name);
};

/** @param own headers of this attempt, such as one by which a repeated request is recognised */
export const buildHttpCall = (
  context: CallContext,
  call: HttpCall,
  own: readonly Entry[] = [],
): OrSaid<BuiltCall> => {
  const { known, proof, isReading } = context;
  const stray = strayHost(context, call.url);
  if (stray) return stray;
  const proven = prove(proof, call, known.definition, known.reach);
  if (!proven.ok) return proven;
  const { placed, values } = proven.value;
  const lookUpText = (name: string): OrSaid<string> => {
    const brace = namesIn(`{${name}}`)[0];
    return brace === undefined
      ? say('not-checkable', `The turn file names "${name}", which is no name.`, 'Correct it.')
      : knowText(known, brace);
  };
  const address = addressBy(lookUpText, known.reach, call.url);
  if (!address.ok) return address;
  const body = writeBody(known, call, placed);
  if (!body.ok) return body;
  const entries: Entry[] = [...own];
  for (const [name, text] of Object.entries(call.headers ?? {})) {
    const filled = fillText(known, text);
    if (!filled.ok) return filled;
    entries.push([name, filled.value]);
  }
  const headers = headersWith(entries, placed, body.value);
  if (!headers.ok) return headers;
  const basic = basicOf(placed);
  const ask: TurnHttpAsk = {
    protocol: 'http',
    method: call.method,
    url: `${address.value.base}${withQuery(address.value.path, placed.query)}`,
    headers: headers.value,
    body: body.value?.bytes ?? null,
    repeatable: isReading && call.repeatable,
    signing: call.signing ?? null,
    values,
  };
  const tokens = proof?.kind === 'session' ? [proof.token] : [];
  return { ok: true, value: { ask, carried: [...(basic === undefined ? [] : [basic]), ...tokens] } };
};

/** The login of a key at its server, as its check would log in. */
const loginOf = ({ definition, values }: Party, { reach }: Known): OrSaid<ServerAsk> => {
  const question = { definition, values, kind: 'unknown', reach, unattended: false } as const;
  const plan = planAsking(question);
  if (!plan.ok) return plan;
  const { check, prepared, request } = plan.value;
  const built = buildAsk(question, check, prepared, request);
  if (!built.ok) return built;
  return built.value.ask.protocol === 'http'
    ? say('not-checkable', 'The key that makes the change is not of such a server.', 'Choose another one.')
    : { ok: true, value: built.value.ask };
};

const serverOf = (url: string): string => /^[a-z]+:\/\/([^/]*)/i.exec(url)?.[1]?.toLowerCase() ?? '';

const passwordOf = (known: Known, which: ServerCall['secret']): OrSaid<string | null> => {
  if (which === undefined) return { ok: true, value: null };
  const fields = known.fields[which];
  const field = known.definition.fields.find(({ name, secret }) => secret && (fields?.[name] ?? '') !== '');
  // A connection string is a secret field too: its password is a field of its own once it is taken apart.
  const value = fields?.['password'] ?? (field === undefined ? undefined : fields?.[field.name]);
  return value === undefined || value === ''
    ? say(
        'not-checkable',
        `The ${which} password is not at hand.`,
        'Look whether the key has one, then go on.',
      )
    : { ok: true, value };
};

export const buildServerCall = ({ known, proof }: CallContext, call: ServerCall): OrSaid<BuiltCall> => {
  if (proof?.kind !== 'party')
    return say('not-checkable', 'The key that makes the change is not at hand.', 'Choose it in the plan.');
  const login = loginOf(proof.party, known);
  if (!login.ok) return login;
  const own = { definition: known.definition, values: known.values };
  const target = loginOf(own, known);
  if (target.ok && serverOf(target.value.url) !== serverOf(login.value.url)) return elsewhere('host');
  const whose = fillText(known, call.user);
  if (!whose.ok) return whose;
  const secret = passwordOf(known, call.secret);
  if (!secret.ok) return secret;
  if (login.value.protocol !== call.protocol)
    return say(
      'not-checkable',
      'The key that makes the change is of another kind of server.',
      'Choose another one.',
    );
  const ask = { ...login.value, action: call.action, whose: whose.value, secret: secret.value };
  return { ok: true, value: { ask, carried: [] } };
};

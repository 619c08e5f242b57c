// How keys of a provider are turned by its own interface: data only, one small file per provider in definitions/. A file names
// its shape and its calls; what is done with them is the machine's (core/rotation), the same for all. docs/rotation.md §3.
import type { RotationShape } from '../../model/rotation.ts';
import type { AuthScheme, JsonPath, Signing } from '../asking.ts';
import type { Fact } from '../provider.ts';

/**
 * `overlap`: old and new live side by side until the old one is revoked. `two-slot`: the same, in a second place that the provider
 * has for it. `swap`: the call that makes the new one ends the old one. `chain`: a swap by single-use tokens. `guided`: a person makes
 * it in the portal.
 */
export type TurnShape = RotationShape;

/**
 * Whose values prove a call. `manager`: another key of the vault, named by {@link TurnWay.manager}; the key itself where that is `self`: its
 * old value until the turn revokes it, the new one from then on. `session`: the token of {@link TurnWay.session}. In revoke calls `new`, and
 * `manager` where that is `self`, mean the key that stays: the old one where it is the new one, an orphan or an unused key that is removed.
 */
export type Prover = 'manager' | 'old' | 'new' | 'session' | 'nobody';

/**
 * A body as JSON. Texts may hold names in braces (see docs/rotation.md §3.2). A text that is one name and nothing else, `{scopes}`, takes the
 * value as it is, lists too; `{name?}` leaves its entry out where nothing is known by that name.
 */
export type BodyValue =
  string | number | boolean | null | readonly BodyValue[] | { readonly [name: string]: BodyValue };

/** What a refusal means for the turn, whatever number it came with. */
export const refusalMeanings = [
  'no-permission', // whoever asks may not: nothing was changed
  'quota-full', // no free slot: nothing was changed
  'gone', // what the call is about is not there (any more)
  'wrong-input', // the provider does not take what was said: nothing was changed
  'wait', // later; nothing was changed
  'refused', // nothing was changed
] as const;
export type RefusalMeaning = (typeof refusalMeanings)[number];

/** Rows are tried from top to bottom, after `success`. Conditions as in a decision row of a check. */
export type Refusal = {
  readonly status?: number;
  readonly statusFrom?: number;
  readonly statusTo?: number;
  readonly bodyHas?: string;
  readonly json?: { readonly path: JsonPath; readonly is?: string | number | boolean };
  readonly means: RefusalMeaning;
  readonly reason: string;
  readonly next: string;
};

/** Something that an answer tells and later calls need. Never a secret. */
export type Learning = {
  /** Whatever stands there, objects too (grants), as long as it is small. Otherwise texts, numbers, yes and no, and lists of texts are learnt. */
  readonly anything?: true;
  readonly name: string;
  readonly from: { readonly json: JsonPath; readonly each?: string } | { readonly header: string };
  /** Without it the turn cannot go on: the call counts as refused. */
  readonly required: boolean;
};

export type HttpCall = {
  readonly protocol?: 'http';
  /** What it does, for the journal and the plan: "asks SendGrid for the key’s scopes". */
  readonly does: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in a check's request; a base URL of one's own takes the place of the origin. */
  readonly url: string;
  /** Why a secret stands in the address: the provider knows no other place for it (Algolia, Unleash). Without it none may. */
  readonly secretInUrl?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly type: 'json' | 'form' | 'multipart'; readonly value: BodyValue };
  readonly by: Prover;
  /** In place of the scheme of the provider whose key proves the call. */
  readonly auth?: AuthScheme;
  readonly signing?: Signing;
  /** Statuses that mean: done. */
  readonly success: readonly number[];
  /** Must stand in the body of a success too (Slack's `ok: true`). A place that is not there counts as null. */
  readonly successJson?: { readonly path: JsonPath; readonly is: string | number | boolean | null };
  readonly refusals: readonly Refusal[];
  readonly learns?: readonly Learning[];
  /** Asking again after no answer does no harm: reading, deleting by id, setting a value that we chose. */
  readonly repeatable: boolean;
  /** Header that carries one random value per attempt, where the provider recognises a repeated request by it. */
  readonly idempotencyHeader?: string;
};

/** A short-lived token in place of a key: asked for before the first call that it proves, never kept, never shown. */
export type Session = {
  /** Its `by` says whose values open it. Repeatable: what it makes is forgotten with the turn. */
  readonly call: HttpCall;
  readonly token: JsonPath;
  /** Where the token goes; its places name the field `token`. */
  readonly auth: AuthScheme;
};

/** A change at a server of one's own, by its adapter. All of them may be repeated. */
export type ServerCall = {
  readonly protocol: 'postgres' | 'redis' | 'mysql' | 'mqtt';
  readonly does: string;
  readonly by: Prover;
  /**
   * `set-password`: the user has this password and no other. `add-password`, `remove-password`: one of several (Redis). `no-password`: nobody
   * logs in with one any more. `end-sessions`: who is logged in as this user is put out.
   */
  readonly action: 'set-password' | 'add-password' | 'remove-password' | 'no-password' | 'end-sessions';
  /** Whose password: a name in braces, `{user}` or `{otherUser}`. */
  readonly user: string;
  /** Which password, for the actions that name one. */
  readonly secret?: 'old' | 'new';
};

export type TurnCall = HttpCall | ServerCall;

/** Where a value of the new key comes from. */
export type Gift =
  | { readonly json: JsonPath }
  /** Base64 of a text (Google's key files). */
  | { readonly json: JsonPath; readonly decode: 'base64' }
  /** A learnt or given name in braces: `{otherUser}`. */
  | { readonly text: string }
  /** Made here, before anything is sent. */
  | { readonly chosen: true };

/** What stands at place `at` (from 0) of a text that `by` parts: the last part of a path, the id in the middle of a key. Never a secret part. */
export type Part = { readonly by: string; readonly at: number };

export type Making = {
  /** Read first, for what the new key must have in common with the old one. */
  readonly before?: readonly HttpCall[];
  readonly call: TurnCall;
  /** By field of the key; fields that are not named keep their value. */
  readonly gives: Readonly<Record<string, Gift>>;
  /** By which the provider knows the new key afterwards. Absent where there is no such thing. */
  readonly id?: { readonly json: JsonPath; readonly part?: Part } | { readonly field: string };
  /** Day on which the new key ends, ISO 8601 or YYYY-MM-DD. */
  readonly expiresAt?: JsonPath;
};

export type Listing = {
  readonly call: HttpCall;
  /** The list in the answer; `[]` where the answer is the list. */
  readonly items: JsonPath;
  readonly id: JsonPath;
  readonly idPart?: Part;
  /** Absent where keys have no names (AWS): no mark can be found in such a list, whether it is complete or not. */
  readonly name?: JsonPath;
  readonly createdAt?: JsonPath;
  readonly lastUsedAt?: JsonPath;
  /** What it shows of the value, and how that is compared with the old value of a field that `make` gives, else of a secret one. */
  readonly hint?: { readonly json: JsonPath; readonly how: 'ends-with' | 'begins-with' | 'masked' };
  /** Where the provider says how many there may be. */
  readonly max?: JsonPath;
  /** Entries that do not count, such as revoked ones. */
  readonly only?: { readonly path: JsonPath; readonly is: string | number | boolean };
  /**
   * Whether one answer holds the whole list; a place where the answer says so itself, `{ path: ['has_more'], is: false }` (a place that is not
   * there counts as null). Where it does not, a mark that is not found proves nothing.
   */
  readonly complete:
    | boolean
    | { readonly path: JsonPath; readonly is: string | number | boolean | null }
    /** A page holds so many: with fewer entries than that it is the last (entries that `only` leaves out count too). */
    | { readonly fewerThan: number };
  /**
   * What the entry of the old key tells and the new one must have in common with it: read in the plan, where the old key's id is known. An old
   * key that the list does not show stops the turn: what it may do would not be known.
   */
  readonly learns?: readonly Learning[];
  /**
   * The provider knows keys by nothing but their value, and its list shows that (Algolia, Unleash): `id` names the value. It never leaves whoever
   * makes the call: told as an id is a handle of it (secret-handle.ts), wherever one comes from (list, `make`, `old`), and `{id}` in a revoke
   * call is the value that has this handle: of the old key, of the new one, else in the list, which is read once more.
   */
  readonly idIsSecret?: true;
};

/** How the provider's id of the old key is found, tried in this order. What an earlier turn remembered comes first, a person's choice last. */
export type OldRule =
  /** With `part`, a part of the value; with `json`, a place in a value that is a JSON document (Google's key files). Never a secret part. */
  | { readonly from: 'field'; readonly field: string; readonly part?: Part; readonly json?: JsonPath }
  | { readonly from: 'call'; readonly call: HttpCall; readonly id: JsonPath }
  | { readonly from: 'hint' }
  | { readonly from: 'name' }
  /** There is only one: no id is needed. */
  | { readonly from: 'nothing' };

/** A setting of one key's turn that a person gives once: a user's id, a project. No secret. */
export type TurnInput = {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly required: boolean;
  /** A field or told fact of the key that is proposed: `owner`, `account`. */
  readonly proposed?: string;
  /** Two that change places: after the turn the input takes the old value of this field, `user`, and it must never be the same. */
  readonly alternates?: string;
};

/** A promise of a length of time, in seconds. */
export type Patience = {
  /** So long a new key may be refused. */
  readonly newSeconds: number;
  /** So long a revoked key may be accepted. */
  readonly oldSeconds: number;
};

export type TurnWay = {
  /** kebab-case, unique in its provider. */
  readonly id: string;
  readonly label: string;
  readonly shape: TurnShape;
  /** Formats of the provider's definition that it is for; all where absent. */
  readonly formats?: readonly string[];
  /** `self`: the key proves its own turn. Else ids of the providers whose key does, in words too. */
  readonly manager: 'self' | { readonly providers: readonly string[]; readonly needs: string };
  readonly inputs: readonly TurnInput[];
  /** Names that are read from a value of the old key which is a JSON document (Google's key files). Never a secret part. */
  readonly reads?: readonly { readonly name: string; readonly field: string; readonly json: JsonPath }[];
  /** What whoever asks must be allowed to do, in the provider's words. */
  readonly permission: string;
  /** For providers whose calls are proven by a token that a key is exchanged for (etcd, Docker Hub). */
  readonly session?: Session;
  /** Absent for `guided`. */
  readonly make?: Making;
  /** The values that are made here: letters and digits, so many of them. */
  readonly chosenLength?: number;
  /** Takes back what `make` made and nobody knows: the second slot (Twilio). */
  readonly unmake?: TurnCall;
  readonly list?: Listing;
  readonly old: readonly OldRule[];
  /** One after another, each harmless when repeated. Empty where the old one is dead already, absent where a person does it. */
  readonly revoke?: readonly TurnCall[];
  /** `disabled`: it is switched off and stays listed. */
  readonly revokeMeans?: 'deleted' | 'disabled';
  readonly patience: Patience;
  /** Keys that may stand side by side, where the provider has a limit and its list does not say it. */
  readonly quota?: number;
  /** What gives access again where the only copy of the new value was in an answer that never came. For `swap` and `chain`. */
  readonly wayBack?: string;
  /**
   * The key that is asked outlives the single-use token that the call is proven by, so its yes tells nothing about a call whose answer was
   * lost: the call is made again, which must do no harm (`repeatable`). Slack, Shopify.
   */
  readonly oldTells?: false;
  /** Using a token again that was replaced kills its successor too. */
  readonly reuseKills?: boolean;
  /** What stays true after the revoke, said in the plan: "Open sessions go on until they end." */
  readonly afterwards?: string;
  /** How a new end is chosen. `same-length`: as long as the old one lived. */
  readonly expiry?: 'none' | 'same-length' | 'same-day';
};

/** A key of these classes is made by somebody at the provider. */
export type Assistance = {
  readonly classes: readonly string[];
  readonly who: string;
  /** Working days that it usually takes. */
  readonly days: number;
  readonly text: string;
};

export type TurnDefinition = {
  /** Id of the provider's definition. */
  readonly provider: string;
  /** The first that fits the key is proposed. */
  readonly ways: readonly TurnWay[];
  readonly assistance?: Assistance;
  readonly facts: readonly Fact[];
};

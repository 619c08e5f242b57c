// How a provider is asked about a key and how its answers are read: data only, so that a definition from outside can do no
// more than a built-in one. docs/checking.md tells what each entry means. How a key is rotated stands in rotating.ts.
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

/** Who speaks with the provider. All but `http` are servers of one's own, asked to log the user in and nothing else. */
export const protocols = ['http', 'postgres', 'redis', 'mysql', 'mqtt'] as const;
export type Protocol = (typeof protocols)[number];

/** How a request is proven where the key itself is not sent. */
export const signings = ['aws-sigv4', 'google-jwt', 'http-digest'] as const;
export type Signing = (typeof signings)[number];

/** Which field goes where in a request. A field never goes into an address where a header exists. */
export type AuthPlace = {
  /** `form` and `json` are entries of the body; `query` and `path` stand in the address, which is redacted wherever it is shown. */
  readonly in: 'header' | 'form' | 'json' | 'basic-user' | 'basic-password' | 'query' | 'path';
  /** Header, entry or placeholder name; for a `basic-password` without a `basic-user` the user, which is then always the same (Mailgun's `api`). */
  readonly name: string;
  /** Stands before the value, for example `Bearer `. */
  readonly prefix: string;
  readonly field: string;
  readonly required: boolean;
};

export type AuthScheme = { readonly places: readonly AuthPlace[]; readonly note?: string };

/**
 * One question to a provider. `url` may name fields that are no secret and settings of the provider in braces
 * (`https://api.twilio.com/2010-04-01/Accounts/{accountSid}.json`); they are percent-encoded. A base URL of one's own
 * (`provider configure --base-url`) takes the place of scheme, host and port, its path is put in front.
 */
export type CheckRequest = {
  /** Names it for `ask` of a decision row; needed only where there are several for one key. */
  readonly id?: string;
  readonly environment: string;
  readonly kinds: readonly KeyKind[];
  /** Formats it is for; all where absent. A value of no known format counts as the first format. */
  readonly formats?: readonly string[];
  readonly protocol?: Protocol;
  readonly method: 'GET' | 'POST' | 'HEAD';
  readonly url: string;
  /** Headers that are always the same, such as a version. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Entries of the body besides those of the auth scheme. Values may name fields that are no secret in braces. */
  readonly body?: {
    readonly type: 'form' | 'json' | 'multipart';
    readonly entries: Readonly<Record<string, string>>;
  };
  /** In place of the provider's own scheme. */
  readonly auth?: AuthScheme;
  readonly signing?: Signing;
  /**
   * Waits so many seconds before this question, where the provider answers wrongly when asked again at once (AWS, 5 s). For questions
   * that a decision row asks; at most 10.
   */
  readonly afterSeconds?: number;
  /** `none`: harmless and free. `quota`: counts against a quota. `credits`: costs money, never asked unattended. `session`: mints a short-lived token, discarded at once. */
  readonly cost: 'none' | 'quota' | 'credits' | 'session';
};

/** A place in a JSON answer: names and list indices, `['data', 0, 'id']`. */
export type JsonPath = readonly (string | number)[];

/** Rows are tried from top to bottom; the first whose every condition fits decides. An absent condition fits everything. */
export type DecisionRow = {
  /** Only for answers to the request of this id. */
  readonly request?: string;
  readonly status?: number;
  /** Lowest and highest status, both inclusive. */
  readonly statusFrom?: number;
  readonly statusTo?: number;
  /** Text that the (bounded) body contains, in any case. */
  readonly bodyHas?: string;
  /** What stands at a place of the JSON body; without `is` it must only be there and not be null. */
  readonly json?: { readonly path: JsonPath; readonly is?: string | number | boolean };
  /** A header that is there; with `has`, one that contains this text in any case. */
  readonly header?: { readonly name: string; readonly has?: string };
  /**
   * A claim of the JSON Web Token at `json` that is another one than the key's field, where the key has that field. The field is no
   * secret. A yes that was said about something else, such as another organisation.
   */
  readonly otherClaim?: { readonly json: JsonPath; readonly jwt: string; readonly field: string };
  readonly state: CheckState;
  readonly reason: string;
  readonly next: string;
  /**
   * This answer does not settle it: ask the request of this id and read its answer by the rows for it. State, reason and next above
   * are what is said when that question cannot be asked. At most three questions for one check.
   */
  readonly ask?: string;
};

export const toldFacts = [
  'expiresAt',
  'createdAt',
  'lastUsedAt',
  'scopes',
  'owner',
  'account',
  'organisation',
  'name',
  'quota',
] as const;
export type ToldFact = (typeof toldFacts)[number];

/** What an answer tells besides yes or no. */
export type Telling = {
  readonly fact: ToldFact;
  /** Only from answers to the request of this id. */
  readonly request?: string;
  readonly from:
    /** With `each`, a list of objects at `json` gives the entry of this name of each. */
    | { readonly json: JsonPath; readonly each?: string }
    | { readonly header: string }
    /** A claim of a JSON Web Token that stands at `json`, or of the key itself where that is absent. Read, never verified. */
    | { readonly jwt: string; readonly json?: JsonPath };
  /**
   * `date`: ISO 8601 or YYYY-MM-DD, or as GitHub's header `2026-12-31 10:00:00 UTC`. `list`: a JSON list of texts. `words`: a text
   * parted by spaces or commas. `names`: the names of a JSON object whose value is true. `text`: text, number or yes/no.
   * `seconds-from-now`: a span; 0 and null mean no end (Algolia, Heroku) and tell nothing.
   */
  readonly as:
    'date' | 'epoch-seconds' | 'epoch-ms' | 'seconds-from-now' | 'text' | 'list' | 'words' | 'names';
};

export type CheckFacts =
  | { readonly possible: false; readonly why: string }
  | {
      readonly possible: true;
      /** The first that fits kind, format and environment is asked first. */
      readonly requests: readonly CheckRequest[];
      /** Paths that cost or change something: refused for every call, whatever asks. */
      readonly neverCall: readonly string[];
      /** False where a scheduled check wants the person's consent per live key. */
      readonly scheduled: 'all' | 'test-only' | 'opt-in' | 'never';
      readonly decisions: readonly DecisionRow[];
      readonly tells?: readonly Telling[];
      /** A new key may be refused, or an old one work, for so many seconds (Unleash 60, Mailgun 172,800). */
      readonly settlesWithinSeconds?: number;
    };

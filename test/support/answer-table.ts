// Answers that a provider may give, and what must be made of each. Runs a table against the provider's own decision rows and asks that
// no row is left that no answer reaches: a row that nothing reaches hides a mistake.
import { describe, expect, it } from 'vitest';
import { findProvider } from '../../src/core/providers/catalogue.ts';
import { decide, readAnswer, type Answer } from '../../src/core/providers/ask/decide.ts';
import { hide } from '../../src/core/providers/ask/redact.ts';
import { take } from '../../src/core/providers/ask/take.ts';
import type { CheckFacts, CheckState } from '../../src/core/providers/asking.ts';

export type Answered = {
  readonly status: number;
  /** JSON where it is no text. */
  readonly body: unknown;
  readonly state: CheckState;
  /** Id of the request that is answered; the first where absent. */
  readonly request?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields of the key that was asked about, where a row looks at them. */
  readonly values?: Readonly<Record<string, string>>;
  /** The request that must be asked next. */
  readonly ask?: string;
  /** What the answer must tell, by fact. */
  readonly told?: Readonly<Record<string, string | readonly string[]>>;
};

/** One answer and what it means. */
export const answer = (
  status: number,
  body: unknown,
  state: CheckState,
  more: Omit<Answered, 'status' | 'body' | 'state'> = {},
): Answered => ({ status, body, state, ...more });

/** Refused by a server of one's own: docs/checking.md §1.6. */
export const refused = (code: string, message: string, state: CheckState): Answered =>
  answer(401, { ok: false, code, message }, state);

type Check = Extract<CheckFacts, { possible: true }>;

const checkOf = (id: string): Check => {
  const check = findProvider(id)?.check;
  if (check?.possible !== true) throw new Error(`${id} cannot be asked`);
  return check;
};

const asAnswer = ({ status, body, headers = {} }: Answered): Answer =>
  readAnswer(
    status,
    new Map(Object.entries(headers)),
    new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  );

const toldBy = (check: Check, answered: Answered): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    take({
      tells: check.tells ?? [],
      request: requestOf(check, answered),
      answer: asAnswer(answered),
      secret: 'the secret of this key',
      hidden: hide(['the secret of this key']),
      nowMs: Date.UTC(2026, 10, 22),
    }).map(({ fact, value }) => [fact, value]),
  );

const requestOf = (check: Check, { request }: Answered): Check['requests'][number] => {
  const found = check.requests.find(({ id }) => request === undefined || id === request);
  if (found === undefined) throw new Error(`no request ${String(request)}`);
  return found;
};

const short = ({ status, body, request }: Answered): string =>
  `${request === undefined ? '' : `${request} `}${String(status)} ${(typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 70)}`;

/** States the tests of one provider's table. */
export const describeAnswers = (id: string, table: readonly Answered[]): void => {
  describe(`what ${id} answers`, () => {
    it.each(table.map((each) => [short(each), each.state, each] as const))('%s: %s', (_, state, each) => {
      const check = checkOf(id);
      const decision = decide(check, requestOf(check, each), asAnswer(each), each.values);
      expect([decision.state, decision.ask]).toEqual([state, each.ask]);
      expect(decision.row).toBeGreaterThanOrEqual(0);
      if (each.told !== undefined) expect(toldBy(check, each)).toEqual(each.told);
    });

    it('reaches every row of the table', () => {
      const check = checkOf(id);
      const reached = new Set(
        table.map((each) => decide(check, requestOf(check, each), asAnswer(each), each.values).row),
      );
      const left = check.decisions.flatMap((row, index) => (reached.has(index) ? [] : [row.reason]));
      expect(left).toEqual([]);
    });
  });
};

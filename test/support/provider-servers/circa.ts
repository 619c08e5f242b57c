// Circa as its authentication page describes it (seed 3): one answer for four kinds of wrong key, a team on every request, two pools of
// quota, and one path that spends credits.
import { createHash } from 'node:crypto';
import { randomText, serve, type Asked, type Reply, type Served } from './serve.ts';

type CircaKind = 'live' | 'test';
type StoredCircaKey = {
  readonly kind: CircaKind;
  /** All that is kept of a live key. */
  readonly sha256: string;
  readonly prefix: string;
  /** Kept for test keys alone. */
  readonly plain: string | null;
  readonly owner: string;
  isRevoked: boolean;
};

export type Circa = Served & {
  readonly create: (kind: CircaKind, owner: string) => string;
  /** The page shows a test key again, and never a live one. */
  readonly reveal: (prefix: string) => string | null;
  readonly revoke: (prefix: string) => void;
  readonly join: (owner: string, team: string) => void;
  readonly leave: (owner: string, team: string) => void;
  /** Revoked keys stay listed with their logs. */
  readonly list: () => readonly {
    readonly prefix: string;
    readonly isRevoked: boolean;
    readonly logs: number;
  }[];
  readonly credits: () => number;
  readonly quota: Readonly<Record<CircaKind, () => number>>;
  /** Answers 429 from now on, asking to wait so many seconds; 0 ends it. */
  readonly throttle: (seconds: number) => void;
};

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const shown = 18;
const form = /^circa_(?:live|test)_[A-Za-z0-9_-]{32}$/;
const invalid: Reply = { status: 401, json: { statusCode: 401, message: 'Invalid API key' } };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** @param isTeamFirst whether a missing team is noticed before a wrong key: the page does not say */
export const startCirca = async (isTeamFirst = false): Promise<Circa> => {
  const keys: StoredCircaKey[] = [];
  const logs = new Map<StoredCircaKey, number>();
  const teams = new Map<string, Set<string>>();
  const used = { live: 0, test: 0 };
  let credits = 1_000;
  let waitSeconds = 0;

  const keyOf = (asked: Asked): StoredCircaKey | undefined => {
    const sent = asked.headers['x-api-key'];
    if (typeof sent !== 'string' || !form.test(sent)) return undefined;
    const found = keys.find((key) => key.sha256 === sha256(sent));
    if (found !== undefined) logs.set(found, (logs.get(found) ?? 0) + 1);
    return found?.isRevoked === false ? found : undefined;
  };

  const teamProblem = (asked: Asked): Reply | undefined => {
    const sent = asked.headers['x-team-id'];
    if (typeof sent !== 'string' || sent === '')
      return {
        status: 400,
        json: {
          statusCode: 400,
          message: "Missing required 'x-team-id' header. Pass the id of a team the API key owner belongs to.",
        },
      };
    // Node joins a repeated header with a comma: more than one team is none.
    return sent.includes(',')
      ? { status: 400, json: { statusCode: 400, message: 'Exactly one team' } }
      : undefined;
  };

  const answer = (asked: Asked): Reply => {
    if (waitSeconds > 0)
      return {
        status: 429,
        json: { statusCode: 429, message: 'ThrottlerException: Too Many Requests' },
        headers: { 'retry-after': String(waitSeconds) },
      };
    const problem = teamProblem(asked);
    if (isTeamFirst && problem !== undefined) return problem;
    const key = keyOf(asked);
    if (key === undefined) return invalid;
    if (problem !== undefined) return problem;
    const team = String(asked.headers['x-team-id']);
    if (teams.get(key.owner)?.has(team) !== true)
      return {
        status: 403,
        json: { statusCode: 403, message: `The API key owner is not a member of team '${team}'.` },
      };
    used[key.kind] += 1;
    if (asked.path === '/datapoints/pull') {
      credits -= 1;
      return { status: 200, json: { items: [] } };
    }
    if (asked.path === '/public/me')
      return {
        status: 200,
        json: {
          id: key.owner,
          email: `${key.owner}@example.invalid`,
          firstname: 'A',
          lastname: 'B',
          recentTeam: team,
        },
      };
    return { status: 404, json: { statusCode: 404, message: 'Not Found' } };
  };

  const served = await serve(answer);
  return {
    ...served,
    create: (kind, owner) => {
      const value = `circa_${kind}_${randomText(base64url, 32)}`;
      keys.push({
        kind,
        sha256: sha256(value),
        prefix: value.slice(0, shown),
        plain: kind === 'test' ? value : null,
        owner,
        isRevoked: false,
      });
      return value;
    },
    reveal: (prefix) => keys.find((key) => key.prefix === prefix)?.plain ?? null,
    revoke: (prefix) => {
      const key = keys.find((each) => each.prefix === prefix);
      if (key === undefined) throw new Error('no such key');
      key.isRevoked = true;
    },
    join: (owner, team) => {
      teams.set(owner, (teams.get(owner) ?? new Set()).add(team));
    },
    leave: (owner, team) => {
      teams.get(owner)?.delete(team);
    },
    list: () =>
      keys.map((key) => ({ prefix: key.prefix, isRevoked: key.isRevoked, logs: logs.get(key) ?? 0 })),
    credits: () => credits,
    quota: { live: () => used.live, test: () => used.test },
    throttle: (seconds) => {
      waitSeconds = seconds;
    },
  };
};

// The system's proxy for the agent, which asks providers and knows no Electron: looked up once and given to it as the variables that
// Node reads. A rule per host (PAC) is not followed: what holds for the web at large holds for all. docs/checking.md §1.3.

/** Nobody is asked: the name belongs to nobody (RFC 6761), and Chromium only reads its rules for it. */
export const sampleAddress = 'https://provider.example/';

const loopback = 'localhost,127.0.0.1,::1';
const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTPS: 'https' };
const place = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\]):\d{1,5}$/i;

/**
 * Variables for the agent from Chromium's answer, such as `PROXY proxy.example:8080; DIRECT`. The first way that Node can go counts; none
 * for a direct way, for SOCKS, and for what is no such answer.
 */
export const proxyVariables = (answer: string): Readonly<Record<string, string>> => {
  for (const way of answer.split(';')) {
    const [kind = '', where = ''] = way.trim().split(/\s+/);
    if (kind === 'DIRECT') return {};
    const scheme = Object.hasOwn(schemes, kind) ? schemes[kind] : undefined;
    if (scheme !== undefined && place.test(where))
      return { HTTPS_PROXY: `${scheme}://${where}`, NO_PROXY: loopback };
  }
  return {};
};

export type SystemProxy = {
  /** What was last found. */
  readonly variables: () => Readonly<Record<string, string>>;
  /** Looks again. Never fails: a system that cannot say has none. */
  readonly look: () => Promise<void>;
};

/** @param resolve Chromium's answer for an address */
export const createSystemProxy = (resolve: (url: string) => Promise<string>): SystemProxy => {
  let found: Readonly<Record<string, string>> = {};
  return {
    variables: () => found,
    look: async () => {
      found = await resolve(sampleAddress).then(proxyVariables, () => found);
    },
  };
};

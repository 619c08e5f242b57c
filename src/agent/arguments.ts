// The words the agent process is started with: where its vault is and whether it is the demo's. Never a secret: every process of
// the user can read them.
import { isAbsolute } from 'node:path';
import { defaultHome } from '../node/home-folder.ts';

export type AgentArguments = {
  readonly home: string;
  readonly demo: boolean;
  /** Without a parent to talk to. */
  readonly background: boolean;
};

/** `--home FOLDER` (absolute), `--demo` and `--background`; other words are the host's and are left alone. */
export const readArguments = (words: readonly string[]): AgentArguments => {
  const at = words.indexOf('--home');
  const joined = words.find((word) => word.startsWith('--home='))?.slice('--home='.length);
  const given = at < 0 ? joined : words[at + 1];
  return {
    home: given !== undefined && isAbsolute(given) ? given : defaultHome(),
    demo: words.includes('--demo'),
    background: words.includes('--background'),
  };
};

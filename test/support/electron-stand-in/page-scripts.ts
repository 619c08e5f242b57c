// Puts together what is evaluated in every document of a window before its own scripts: the page's part first, then the
// preload's world with the preload inside. The parts are functions of this folder, sent as their source text.
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { makeCloneCodec } from './clone-codec.ts';
import { makePageBridge } from './page/bridge.ts';
import { makeEmitter } from './page/emitter.ts';
import { isolatedWorld } from './page/isolated-world.ts';
import { watchKeys } from './page/keys.ts';
import { mainWorld } from './page/main-world.ts';
import { patchPermissions } from './page/permissions.ts';
import { watchTitle } from './page/title.ts';
import { unfetchableHosts } from './schemes.ts';
import { facts, shared } from './state.ts';

export type ScriptOptions = {
  readonly key: string;
  readonly binding: string;
  readonly preload: string | undefined;
  readonly inSubFrames: boolean;
  readonly disableDialogs: boolean;
  readonly arguments: readonly string[];
  readonly onPreloadError: (error: Error) => void;
};

const parameters = 'require, process, exports, module, global, setImmediate, clearImmediate';

/** Throws where the text is no JavaScript; runs nothing. */
const parse = (source: string, filename: string): Script => new Script(`(${source})`, { filename });

/** The preload as a function's source; `null` in letters where there is none or it does not parse. */
const preloadSource = ({ preload, onPreloadError }: ScriptOptions): string => {
  if (preload === undefined) return 'null';
  try {
    const source = `function (${parameters}) {\n${readFileSync(preload, 'utf8')}\n}`;
    parse(source, preload);
    return source;
  } catch (error) {
    onPreloadError(error as Error);
    return 'null';
  }
};

export const mainWorldScript = ({ key, disableDialogs }: ScriptOptions): string =>
  `(${String(mainWorld)})(${JSON.stringify({ key, disableDialogs, unfetchable: unfetchableHosts() })}, ${String(makePageBridge)}, ${String(patchPermissions)});`;

export const isolatedWorldScript = (options: ScriptOptions): string => {
  const config = {
    key: options.key,
    binding: options.binding,
    inSubFrames: options.inSubFrames,
    process: {
      type: 'renderer',
      platform: process.platform,
      arch: process.arch,
      sandboxed: true,
      contextIsolated: true,
      execPath: process.execPath,
      argv: [process.execPath, '--type=renderer', ...options.arguments],
      env: { ...process.env },
      versions: {
        ...process.versions,
        electron: facts().electronVersion,
        chrome: shared.browser?.version ?? '',
      },
    },
  };
  const tools = `{ makeCloneCodec: ${String(makeCloneCodec)}, makePageBridge: ${String(makePageBridge)}, makeEmitter: ${String(makeEmitter)}, watchKeys: ${String(watchKeys)}, watchTitle: ${String(watchTitle)} }`;
  return `(${String(isolatedWorld)})(${JSON.stringify(config)}, ${tools}, ${preloadSource(options)});`;
};

// `npm start`: sets up, then opens the app: on Electron where its binary can be had, else on the stand-in; on the display
// that is there, else on a virtual one. Arguments after `--` go to the app; its exit code is ours.
import { become } from './lib/child.mjs';
import { provideDisplay } from './lib/display.mjs';
import { fromRoot } from './lib/paths.mjs';
import { runMain, say } from './lib/say.mjs';
import { setUp } from './setup.mjs';

/** The command that opens the built app. */
export function appCommand({ node24, electron }, args) {
  const main = fromRoot('out', 'main', 'index.js');
  if (electron === undefined) {
    return [node24, [fromRoot('test/support/electron-stand-in/launch.ts'), main, ...args]];
  }
  // Chromium's sandbox refuses to run as root; a container often has no other user.
  const isRoot = process.platform === 'linux' && process.getuid() === 0;
  return [electron.binary, [...(isRoot ? ['--no-sandbox'] : []), fromRoot(), ...args]];
}

await runMain(async (args) => {
  const ready = await setUp();
  const display = await provideDisplay();
  say(
    ready.electron === undefined
      ? 'opening Keyturn on the stand-in for Electron'
      : `opening Keyturn on Electron ${ready.electron.version}`,
  );
  try {
    return await become(...appCommand(ready, args), display.env);
  } finally {
    await display.close();
  }
});

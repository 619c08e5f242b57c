// electron-builder's hook between packing and signing: sets all nine fuses, reads them back from the very file, and looks at
// what was packed. Its own `electronFuses` knows eight of nine.
import path from 'node:path';
import { flipFuses } from '@electron/fuses';
import { checkContents } from './check-contents.mjs';
import { checkFuses } from './check-wires.mjs';
import { fuseConfig } from './fuses.mjs';

const endings = { darwin: '.app', win32: '.exe', linux: '' };

/** Where electron-builder has put the app: a bundle on macOS, else a program. */
export function packedApp({ appOutDir, electronPlatformName, packager }) {
  const name = packager.executableName ?? packager.appInfo.productFilename;
  return path.join(appOutDir, `${name}${endings[electronPlatformName]}`);
}

/** Ends the packaging where a fuse, or what is inside, is not as it must be. */
export default async function afterPack(context) {
  const app = packedApp(context);
  const platform = context.electronPlatformName;
  await flipFuses(app, fuseConfig(platform));
  const wrong = [...(await checkFuses(app, platform)), ...(await checkContents(app, platform))];
  if (wrong.length > 0) throw new Error(`The packed app is not as it must be:\n${wrong.join('\n')}`);
}

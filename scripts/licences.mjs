// The last step of a build: writes out/licences.json, which the About window shows and a package carries.
import { writeFileSync } from 'node:fs';
import { listLicences } from './lib/licences.mjs';
import { fromRoot, root } from './lib/paths.mjs';
import { runMain, say } from './lib/say.mjs';

await runMain(() => {
  const list = listLicences(root, fromRoot('out', 'licences'));
  writeFileSync(fromRoot('out', 'licences.json'), `${JSON.stringify(list)}\n`);
  say(`${list.length} packages of others are inside the app: out/licences.json`);
  return 0;
});

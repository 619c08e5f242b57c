// Loaded into a real agent or command line before its own code (`node --import`), built or as source: a new vault gets the cheapest
// derivation that the format allows, since a second of Argon2id at every unlock proves nothing about anything else. The line that aims at
// a second is the only one changed; where it does not read as expected the process ends. Plain JavaScript: Node strips no types for it.
import { registerHooks } from 'node:module';

const holder = /\/(?:src\/node\/argon2\.ts|out\/(?:cli|main)\/.*\.js)$/;
const name = 'defaultTargetMs';
const aim = new RegExp(`^(const|var|let) ${name} = (?:1000|1e3);$`, 'gm');

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!holder.test(url)) return loaded;
    const whole = Buffer.from(loaded.source ?? '').toString();
    if (!whole.includes(name)) return loaded;
    const found = [...whole.matchAll(aim)].length;
    if (found !== 1) throw new Error(`The line that aims at a second stands ${found} times in ${url}`);
    return { ...loaded, source: whole.replace(aim, `$1 ${name} = 0;`) };
  },
});

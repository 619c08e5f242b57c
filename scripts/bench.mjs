// `npm run bench`: sets up, then prints the measurements of test/bench, on a display where they open windows; with `--scan`, which is
// `npm run bench:scan`, those of test/bench/scan.
import { become } from './lib/child.mjs';
import { provideDisplay } from './lib/display.mjs';
import { fromRoot } from './lib/paths.mjs';
import { runMain } from './lib/say.mjs';
import { setUp } from './setup.mjs';

await runMain(async (args) => {
  const { node24 } = await setUp();
  const display = await provideDisplay();
  try {
    const scans = args[0] === '--scan';
    const program = fromRoot(scans ? 'test/bench/scan/main.ts' : 'test/bench/main.ts');
    return await become(node24, [program, ...(scans ? args.slice(1) : args)], display.env);
  } finally {
    await display.close();
  }
});

// `npm run bench`: sets up, then prints the measurements of test/bench, on a display where they open windows.
import { become } from './lib/child.mjs';
import { provideDisplay } from './lib/display.mjs';
import { fromRoot } from './lib/paths.mjs';
import { runMain } from './lib/say.mjs';
import { setUp } from './setup.mjs';

await runMain(async (args) => {
  const { node24 } = await setUp();
  const display = await provideDisplay();
  try {
    return await become(node24, [fromRoot('test/bench/main.ts'), ...args], display.env);
  } finally {
    await display.close();
  }
});

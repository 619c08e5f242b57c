// `npm run tour`: sets up, then drives the demo vault and writes the screenshots that the README shows.
import { become } from './lib/child.mjs';
import { provideDisplay } from './lib/display.mjs';
import { fromRoot } from './lib/paths.mjs';
import { runMain } from './lib/say.mjs';
import { setUp } from './setup.mjs';

await runMain(async (args) => {
  const { node24 } = await setUp();
  const display = await provideDisplay();
  try {
    return await become(node24, [fromRoot('test/support/tour.ts'), ...args], display.env);
  } finally {
    await display.close();
  }
});

// What axe finds on a screen as it stands: everything in the light, colours again in the dark, in one state of one window, since the pages of
// both themes are the same but for their colours. Most of axe's time goes into contrast, of each word on the page.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** `npm run test:long` measures the contrast of what lies behind a dialog, a menu or a list too; else that is done where nothing lies before it. */
const isLong = process.env['KEYTURN_LONG'] === '1';
const layer = ':is([role=dialog], [role=alertdialog], [role=menu], [role=listbox]):not(#root *)';
const contrast = 'color-contrast';

/**
 * Once everything that ends has ended moving. A change of theme reaches the page with its next frame, and what it sets in motion begins
 * with the one after: nothing has to move for two frames, before that nothing is still.
 */
export const still = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    const moving = (): Animation[] =>
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getComputedTiming().iterations !== Infinity)
        .filter(({ playState, pending }) => playState === 'running' || pending);
    let quiet = 0;
    while (quiet < 2) {
      await frame();
      const left = moving();
      quiet = left.length === 0 ? quiet + 1 : 0;
      await Promise.all(left.map((animation) => animation.finished.catch(() => undefined)));
    }
  });

/** Legacy mode: the other one opens a page of its own each time, which would be a window of the app. A document gets axe once. */
const builderFor = async (page: Page): Promise<AxeBuilder> => {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  const axe = isThere ? new AxeBuilder({ page, axeSource: '0' }) : new AxeBuilder({ page });
  return axe.setLegacyMode(true);
};

/** Runs axe and fails, softly, with what it found; it must have found something to look at. */
const examine = async (
  page: Page,
  name: string,
  rules: 'all' | 'colours' | 'all but colours',
  part?: string,
): Promise<void> => {
  const axe = await builderFor(page);
  // options() first: it forgets the rules that were named before.
  axe.options({ resultTypes: ['violations'] });
  if (rules === 'colours') axe.withRules([contrast]);
  if (rules === 'all but colours') axe.disableRules([contrast]);
  if (part !== undefined) axe.include(part);
  const { violations, passes, incomplete } = await axe.analyze();
  const least = part === undefined && rules !== 'colours' ? 5 : 0;
  expect(violations.length + passes.length + incomplete.length, `axe ran on ${name}`).toBeGreaterThan(least);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`),
  );
  expect.soft(found, name).toEqual([]);
};

/** Looks at the screen in the theme that it is in, or at a part of it that does not stay for long. */
export const lookIn = async (page: Page, theme: Theme, name: string, part?: string): Promise<void> => {
  await still(page);
  const where = `${name} in ${theme}`;
  const before = part ?? (!isLong && (await page.locator(layer).count()) > 0 ? layer : undefined);
  if (theme === 'dark') await examine(page, where, 'colours', before);
  else if (before === part) await examine(page, where, 'all', part);
  else {
    await examine(page, where, 'all but colours');
    await examine(page, where, 'colours', before);
  }
};

/** The system prefers a theme, and little motion: a colour on its way to another is nobody's colour, and waiting for it is no look. */
export const systemTheme = (page: Page, theme: Theme): Promise<void> =>
  page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });

export type LookOptions = {
  readonly part?: string;
  /** Puts the page into a theme; by default the browser says that the system prefers it. */
  readonly turn?: (page: Page, theme: Theme) => Promise<void>;
  /** Once it was looked at in a theme: a picture of it. */
  readonly after?: (theme: Theme) => Promise<void>;
};

/** Looks at the screen in both themes and leaves it in the light. */
export const look = async (page: Page, name: string, options: LookOptions = {}): Promise<void> => {
  const { part, turn = systemTheme, after } = options;
  for (const theme of themes) {
    await turn(page, theme);
    await lookIn(page, theme, name, part);
    await after?.(theme);
  }
  await turn(page, 'light');
};

// The colour a window has before its page is drawn, so that it neither flashes white in the dark nor black in the light. The
// same two colours as the tokens' background, in the only notation Electron takes.
import type { Theme } from '../../core/model/settings.ts';

const light = '#fbfaf8';
const dark = '#121417';

/** The background for a theme. `systemIsDark` decides for `system`. */
export const paperOf = (theme: Theme, systemIsDark: boolean): string =>
  theme === 'dark' || (theme === 'system' && systemIsDark) ? dark : light;

// Whether providers are asked at all, and whether they are asked without anybody there.
import type { ReactNode } from 'react';
import type { Settings } from '../../lib/types.ts';
import { FlagRow } from './flag-row.tsx';
import { Group } from './settings-parts.tsx';

export const AskingGroup = ({ settings }: { readonly settings: Settings }): ReactNode => (
  <Group title="Asking providers">
    <FlagRow
      settings={settings}
      name="offline"
      label="Offline"
      help="Keyturn sends nothing to anybody: no key can be checked. The sidebar says so while it is on."
    />
    <FlagRow
      settings={settings}
      name="scheduledChecks"
      label="Check keys once a day"
      help="While the vault is unlocked, each at a time of its own. A live key only if you said yes to it, and never where asking costs credits."
    />
  </Group>
);

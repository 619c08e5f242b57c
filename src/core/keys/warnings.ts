// All that is worth saying about a key when it is entered, edited or listed. Pure: the same key at the same time gives the
// same warnings, in a fixed order, the gravest first.
import { lifeWarnings } from './life-warnings.ts';
import { placeWarnings } from './place-warnings.ts';
import { valueWarnings } from './value-warnings.ts';
import type { Warning, WarningContext, WarningRule, WarningSeverity } from './warning.ts';

const rules: readonly WarningRule[] = [...valueWarnings, ...placeWarnings, ...lifeWarnings];
const weight: Readonly<Record<WarningSeverity, number>> = { danger: 0, warning: 1, info: 2 };

/**
 * The warnings for one key.
 * @param context the key, the other keys of the vault, the time; `leadDays` is 14 where nothing was set
 */
export const warningsFor = (
  context: Omit<WarningContext, 'leadDays'> & { readonly leadDays?: number },
): readonly Warning[] => {
  const { subject, peers, nowMs, leadDays = 14 } = context;
  const full: WarningContext = { subject, peers, nowMs, leadDays };
  // Loops: this runs for each of 10,000 keys before the first list is shown, and most rules have nothing to say.
  const found: Warning[] = [];
  for (const rule of rules) for (const warning of rule(full)) found.push(warning);
  return found.length < 2
    ? found
    : found.sort((left, right) => weight[left.severity] - weight[right.severity]);
};

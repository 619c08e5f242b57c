// The steps of the two times that can be set. A value from outside these steps (the command line) is shown by the nearest.
import type { Choice } from '../../ui/select.tsx';

export const lockChoices: readonly Choice<string>[] = [
  { value: '1', label: 'after 1 minute' },
  { value: '2', label: 'after 2 minutes' },
  { value: '5', label: 'after 5 minutes' },
  { value: '10', label: 'after 10 minutes' },
  { value: '15', label: 'after 15 minutes' },
  { value: '30', label: 'after 30 minutes' },
  { value: '60', label: 'after 1 hour' },
  { value: '240', label: 'after 4 hours' },
  { value: '0', label: 'never' },
];

export const clipboardChoices: readonly Choice<string>[] = [
  { value: '10', label: 'after 10 seconds' },
  { value: '20', label: 'after 20 seconds' },
  { value: '30', label: 'after 30 seconds' },
  { value: '60', label: 'after 1 minute' },
  { value: '120', label: 'after 2 minutes' },
  { value: '300', label: 'after 5 minutes' },
];

export const hourChoices: readonly Choice<string>[] = [
  { value: '1', label: 'for 1 hour' },
  { value: '4', label: 'for 4 hours' },
  { value: '8', label: 'for 8 hours' },
  { value: '24', label: 'for 24 hours' },
];

/** The choice that stands for a number; "never" (0) stands only for itself. */
export const nearest = (choices: readonly Choice<string>[], value: number): string => {
  const steps = choices.map((each) => Number(each.value));
  if (steps.includes(value)) return String(value);
  const timed = steps.filter((step) => step > 0);
  return String(
    timed.reduce(
      (best, step) => (Math.abs(step - value) < Math.abs(best - value) ? step : best),
      timed[0] ?? 0,
    ),
  );
};

// What the icon in the system's bar says: states and numbers, no names.

/** "1 reminder", "3 reminders". */
export const dueWords = (count: number): string =>
  count === 1 ? '1 reminder' : `${String(count)} reminders`;

export const trayTip = (unlocked: boolean, due: number): string => {
  const state = unlocked ? 'Keyturn: unlocked' : 'Keyturn: locked';
  return due === 0 ? state : `${state}, ${dueWords(due)}`;
};

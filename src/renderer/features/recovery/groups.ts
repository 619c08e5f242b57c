// A recovery code as the groups in which it is written down and compared. Pure; keeps nothing.

/** Splits where the code has dashes or spaces, else after every four signs. */
export const groupsOf = (code: string): readonly string[] => {
  const parts = code.trim().split(/[\s-]+/);
  return parts.length > 1 ? parts : (code.match(/.{1,4}/g) ?? []);
};

/** Which two groups are asked for: one from each half, settled by the code itself so that they differ between codes. */
export const askedGroups = (groups: readonly string[]): readonly [number, number] => {
  const half = Math.floor(groups.length / 2);
  const sum = [...groups.join('')].reduce((total, sign) => total + sign.charCodeAt(0), 0);
  return [sum % Math.max(1, half), half + (sum % Math.max(1, groups.length - half))];
};

/** Whether what was typed is the group, whatever the case. */
export const sameGroup = (typed: string, group: string | undefined): boolean =>
  group !== undefined && typed.trim().toUpperCase() === group.toUpperCase();

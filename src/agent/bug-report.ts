// Where a bug happened, without its message: that could quote a value.
export type BugReport = {
  readonly reportId: string;
  readonly call: string;
  readonly where: readonly string[];
};

/** The kind of error and the places of its stack. A message of several lines could look like places: it is cut off first. */
export const placesOf = (problem: unknown): readonly string[] => {
  if (!(problem instanceof Error)) return [typeof problem];
  const { name, message, stack = '' } = problem;
  const end = message === '' ? 0 : stack.indexOf(message);
  if (end < 0) return [name];
  const places = stack.slice(end + message.length).split('\n');
  return [name, ...places.filter((line) => /^\s+at /.test(line))];
};

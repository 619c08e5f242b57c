// What limits watching, in words for a person.
/** Which limit it is that a system's word speaks of. */
const limits = [
  { code: 'ENOSPC', name: 'fs.inotify.max_user_watches' },
  { code: 'EMFILE', name: 'fs.inotify.max_user_instances' },
] as const;

/** @param problems how many folders are without notices, by the system's word, or `missed` where they are not even looked at */
export const watchWarnings = (
  problems: ReadonlyMap<string, number>,
  overflow: boolean,
  pollMs: number,
): string[] => {
  const missed = problems.get('missed') ?? 0;
  return [
    ...limits.flatMap(({ code, name }) => {
      const count = problems.get(code) ?? 0;
      if (count === 0) return [];
      return [
        `The system gives no more notices of changes (${name}): ${String(count)} folders are looked at every ${String(pollMs / 1_000)} seconds instead.`,
      ];
    }),
    ...(missed === 0
      ? []
      : [`${String(missed)} folders are too many to look at: only a scan finds what is pasted there.`]),
    ...(overflow ? ['More files changed at once than could be remembered: a scan finds the rest.'] : []),
  ];
};

// Tells the agent that a person is there, so that the idle lock waits. Throttled: input comes hundreds of times a second.
const quietMs = 5_000;

/**
 * Makes a throttled touch.
 * @param touch tells the agent
 */
export const createActivity = (touch: () => void, nowMs: () => number): (() => void) => {
  let lastMs = -quietMs;
  return () => {
    const now = nowMs();
    if (now - lastMs < quietMs) return;
    lastMs = now;
    touch();
  };
};

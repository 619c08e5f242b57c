// What the agent looks after once a second, as long as it runs.
const watchMs = 1_000;

/** Gives the way to stop. It keeps no process alive. */
export const startWatch = (ticks: readonly (() => void)[]): (() => void) => {
  const timer = setInterval(() => {
    for (const tick of ticks) tick();
  }, watchMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
};

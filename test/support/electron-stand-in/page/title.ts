// Runs in the preload's world of the main frame: tells the main process the page's title whenever it changes, which the
// browser itself announces only now and then. Self-contained.

export const watchTitle = (post: (message: object) => void): void => {
  let last = '';
  const report = (): void => {
    if (document.title === last) return;
    last = document.title;
    post({ t: 'title', title: last });
  };
  const begin = (): void => {
    report();
    if (document.head)
      new MutationObserver(report).observe(document.head, {
        childList: true,
        subtree: true,
        characterData: true,
      });
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true });
  else begin();
};

// Puts plain words on the clipboard: paths and commands, never a secret. The window is granted no clipboard, so it is done as the page's own copy command.
export const copyText = (text: string): boolean => {
  let taken = false;
  const put = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopPropagation();
    taken = true;
  };
  document.addEventListener('copy', put, { capture: true, once: true });
  // The one way without a permission: the newer interface asks for one, and every permission is denied.
  const done = document.execCommand('copy');
  document.removeEventListener('copy', put, { capture: true });
  return done && taken;
};

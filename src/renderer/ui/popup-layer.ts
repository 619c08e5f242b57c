// Where menus and lists of a page are put: into a landmark of their own, so that nothing on the page stands outside of one.
// Inside a dialog they stay in the dialog's own layer, since all else is inert while it is open.
import { createContext, useContext } from 'react';

export const popupLayerId = 'popups';

export const InsideDialog = createContext(false);

/** The container for a portal; undefined leaves it to the library. */
export const usePopupLayer = (): HTMLElement | undefined => {
  const inside = useContext(InsideDialog);
  return inside ? undefined : (document.getElementById(popupLayerId) ?? undefined);
};

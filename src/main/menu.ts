// Puts the application menu in its place.
import { Menu } from 'electron';
import { menuTemplate, type MenuActions } from './menu-template.ts';

export const installMenu = (actions: MenuActions): void => {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions)));
};

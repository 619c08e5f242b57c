// Loaded into the app's main process before the app itself (`-r`), on Electron and on the stand-in alike: dialogs are
// answered from a queue, and what would leave the app (links, notices, the tray) is written down instead of being seen.
'use strict';
const { dialog, Notification, shell, Tray } = require('electron');

const records = {
  answers: {},
  dialogs: [],
  notifications: [],
  notices: [],
  openedExternal: [],
  shownItems: [],
  trays: [],
};
globalThis.keyturnTestRecords = records;

const cancelled = {
  showOpenDialog: () => ({ canceled: true, filePaths: [] }),
  showSaveDialog: () => ({ canceled: true, filePath: '' }),
  showMessageBox: ({ cancelId, buttons = [] }) => ({
    response:
      cancelId ??
      Math.max(
        0,
        buttons.findIndex((label) => /^(cancel|no)$/i.test(label.replace('&', ''))),
      ),
    checkboxChecked: false,
  }),
};
for (const name of Object.keys(cancelled)) {
  dialog[name] = async (...parts) => {
    const options = parts.at(-1) ?? {};
    records.dialogs.push({ name, title: options.title, message: options.message, buttons: options.buttons });
    return records.answers[name]?.shift() ?? cancelled[name](options);
  };
}
dialog.showErrorBox = (title, content) =>
  records.dialogs.push({ name: 'showErrorBox', title, message: content });

shell.openExternal = async (url) => {
  records.openedExternal.push(url);
};
shell.showItemInFolder = (path) => {
  records.shownItems.push(path);
};

const { show } = Notification.prototype;
Notification.prototype.show = function () {
  records.notifications.push({ title: this.title, body: this.body });
  records.notices.push(this);
  return show.call(this);
};

const { setContextMenu, setToolTip, destroy } = Tray.prototype;
const recordOf = (tray) => {
  const found = records.trays.find((record) => record.tray === tray) ?? { tray, menu: null, toolTip: '' };
  if (!records.trays.includes(found)) records.trays.push(found);
  return found;
};
Tray.prototype.setContextMenu = function (menu) {
  recordOf(this).menu = menu;
  return setContextMenu.call(this, menu);
};
Tray.prototype.setToolTip = function (toolTip) {
  recordOf(this).toolTip = toolTip;
  return setToolTip.call(this, toolTip);
};
Tray.prototype.destroy = function () {
  records.trays = records.trays.filter((record) => record.tray !== this);
  return destroy.call(this);
};

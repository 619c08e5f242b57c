// The system's own file dialogs. They are asked for here, in the shell, so that the window never names a path; null means
// that the person thought better of it.
import { dialog, type BrowserWindow } from 'electron';
import { fileKinds, type Dialogs, type FileKind } from './file-kinds.ts';

const filtersOf = (kind: FileKind): { name: string; extensions: string[] }[] => [
  { name: kind.name, extensions: [...kind.extensions] },
  { name: fileKinds.any.name, extensions: [...fileKinds.any.extensions] },
];

/** Dialogs that belong to the window that is there when they are asked for. */
export const electronDialogs = (parent: () => BrowserWindow | null): Dialogs => ({
  open: async (title, kind) => {
    const options: Electron.OpenDialogOptions = {
      title,
      properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
      filters: filtersOf(kind),
    };
    const window = parent();
    const answer = await (window === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(window, options));
    return answer.canceled ? null : (answer.filePaths[0] ?? null);
  },
  folder: async (title) => {
    const options: Electron.OpenDialogOptions = {
      title,
      properties: ['openDirectory', 'showHiddenFiles', 'dontAddToRecent'],
    };
    const window = parent();
    const answer = await (window === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(window, options));
    return answer.canceled ? null : (answer.filePaths[0] ?? null);
  },
  save: async (title, fileName, kind) => {
    const options: Electron.SaveDialogOptions = {
      title,
      defaultPath: fileName,
      properties: ['showHiddenFiles', 'createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
      filters: filtersOf(kind),
    };
    const window = parent();
    const answer = await (window === null
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(window, options));
    return answer.canceled || answer.filePath === '' ? null : answer.filePath;
  },
});

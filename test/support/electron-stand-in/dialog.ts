// dialog: native ones cannot be drawn. A file dialog is a small window that asks for a path; message boxes are cancelled. Tests put
// answers in the place of both (test/support/main-hook.cjs), since nobody looks at their screen.
import type { Dialog as Real, MessageBoxOptions, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { askForFile, askForTarget } from './dialog-window.ts';

type WithWindow<O> = readonly [O] | readonly [unknown, O];
const optionsOf = <O>(parts: WithWindow<O>): O => (parts.length === 1 ? parts[0] : parts[1]);

/** The button that closing the box stands for: `cancelId`, else a button that says cancel or no, else the first. */
const cancelled = ({ cancelId, buttons = [] }: MessageBoxOptions): number => {
  if (cancelId !== undefined) return cancelId;
  const index = buttons.findIndex((label) => /^(cancel|no)$/i.test(label.replace('&', '')));
  return Math.max(index, 0);
};

export const dialog = {
  showOpenDialog: async (...parts: WithWindow<OpenDialogOptions>) => {
    const path = await askForFile(optionsOf(parts));
    return path === null
      ? { canceled: true, filePaths: [] as string[] }
      : { canceled: false, filePaths: [path] };
  },
  showOpenDialogSync: (..._parts: WithWindow<object>): string[] | undefined => undefined,
  showSaveDialog: async (...parts: WithWindow<SaveDialogOptions>) => {
    const path = await askForTarget(optionsOf(parts));
    return path === null ? { canceled: true, filePath: '' } : { canceled: false, filePath: path };
  },
  showSaveDialogSync: (..._parts: WithWindow<object>): string => '',
  showMessageBox: (...parts: WithWindow<MessageBoxOptions>) =>
    Promise.resolve({
      response: cancelled(optionsOf(parts)),
      checkboxChecked: optionsOf(parts).checkboxChecked ?? false,
    }),
  showMessageBoxSync: (...parts: WithWindow<MessageBoxOptions>): number => cancelled(optionsOf(parts)),
  showErrorBox: (title: string, content: string): void => {
    process.stderr.write(`${title}\n${content}\n`);
  },
} satisfies Pick<
  Real,
  | 'showOpenDialog'
  | 'showOpenDialogSync'
  | 'showSaveDialog'
  | 'showSaveDialogSync'
  | 'showMessageBox'
  | 'showMessageBoxSync'
  | 'showErrorBox'
>;

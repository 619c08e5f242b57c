// dialog: on a screen that nobody looks at, nobody can click. Every dialog is cancelled at once, unless a test has put
// an answer in its place (test/support/main-hook.cjs).
import type { Dialog as Real, MessageBoxOptions } from 'electron';

type WithWindow<O> = readonly [O] | readonly [unknown, O];
const optionsOf = <O>(parts: WithWindow<O>): O => (parts.length === 1 ? parts[0] : parts[1]);

/** The button that closing the box stands for: `cancelId`, else a button that says cancel or no, else the first. */
const cancelled = ({ cancelId, buttons = [] }: MessageBoxOptions): number => {
  if (cancelId !== undefined) return cancelId;
  const index = buttons.findIndex((label) => /^(cancel|no)$/i.test(label.replace('&', '')));
  return Math.max(index, 0);
};

export const dialog = {
  showOpenDialog: (..._parts: WithWindow<object>) =>
    Promise.resolve({ canceled: true, filePaths: [] as string[] }),
  showOpenDialogSync: (..._parts: WithWindow<object>): string[] | undefined => undefined,
  showSaveDialog: (..._parts: WithWindow<object>) => Promise.resolve({ canceled: true, filePath: '' }),
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

// Where a person sits at the stand-in (`npm start` without Electron), a file dialog is a small window that asks for a path: the
// native one cannot be drawn. Tests answer dialogs before they get here (test/support/main-hook.cjs).
import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { OpenDialogOptions, SaveDialogOptions } from 'electron';
import { BrowserWindow } from './browser-window.ts';

const pollMs = 150;

type Words = { readonly title: string; readonly action: string; readonly path: string };

/** Builds the form in an empty page. Runs there, so it refers to nothing outside itself. */
const build = (words: Words): void => {
  const page = globalThis as typeof globalThis & { answer?: string };
  document.title = words.title;
  document.body.style.cssText = 'font: 14px system-ui; margin: 24px; color-scheme: light dark';
  const form = document.createElement('form');
  const label = document.createElement('label');
  label.textContent = `${words.title}: type the path of the file`;
  const input = document.createElement('input');
  input.style.cssText = 'display: block; width: 100%; box-sizing: border-box; margin: 12px 0; padding: 8px';
  input.value = words.path;
  label.append(input);
  const problem = document.createElement('p');
  problem.id = 'problem';
  problem.setAttribute('role', 'alert');
  const confirm = document.createElement('button');
  confirm.textContent = words.action;
  const cancel = document.createElement('button');
  cancel.type = 'button';
  cancel.textContent = 'Cancel';
  cancel.onclick = () => {
    page.answer = '';
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    page.answer = input.value.trim();
  };
  form.append(label, problem, confirm, ' ', cancel);
  document.body.replaceChildren(form);
  input.focus();
};

const tell = (words: string): void => {
  const page = globalThis as typeof globalThis & { answer?: string };
  delete page.answer;
  const problem = document.querySelector('#problem');
  if (problem !== null) problem.textContent = words;
};

const read = (): string | null => (globalThis as typeof globalThis & { answer?: string }).answer ?? null;

const script = (fn: (argument: never) => unknown, argument?: unknown): string =>
  `(${String(fn)})(${JSON.stringify(argument ?? null)})`;

const absolute = (typed: string): string =>
  resolve(homedir(), typed.startsWith('~/') ? typed.slice(2) : typed);

/** Shows the window until a path is accepted; null where the person cancels or closes it. */
const ask = async (words: Words, refuse: (path: string) => string | null): Promise<string | null> => {
  const window = new BrowserWindow({ width: 620, height: 260, title: words.title });
  try {
    // The empty page that every window starts with: nothing is loaded, so the app's guards have nothing to refuse.
    await window.webContents.opened;
    const { page } = window.webContents;
    const run = async (expression: string): Promise<unknown> => {
      const { result } = await page.send('Runtime.evaluate', { expression, returnByValue: true });
      return (result as { readonly value?: unknown }).value;
    };
    await run(script(build, words));
    while (!window.isDestroyed()) {
      const typed = await run(script(read));
      if (typed === '') return null;
      if (typeof typed === 'string') {
        const path = absolute(typed);
        const problem = refuse(path);
        if (problem === null) return path;
        await run(script(tell, problem));
      }
      await new Promise((done) => setTimeout(done, pollMs));
    }
    return null;
  } catch (problem) {
    if (!window.isDestroyed()) process.stderr.write(`stand-in: the dialog failed: ${String(problem)}\n`);
    return null;
  } finally {
    if (!window.isDestroyed()) window.destroy();
  }
};

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** The path of a file that is there. */
export const askForFile = (options: OpenDialogOptions): Promise<string | null> =>
  ask({ title: options.title ?? 'Open', action: 'Open', path: options.defaultPath ?? '' }, (path) =>
    existsSync(path) && !isFolder(path) ? null : `There is no file ${path}.`,
  );

/** The path to write to; a file that is there is written over only when the same path is confirmed again. */
export const askForTarget = (options: SaveDialogOptions): Promise<string | null> => {
  let confirmed = '';
  const title = options.title ?? 'Save';
  return ask({ title, action: 'Save', path: absolute(options.defaultPath ?? '') }, (path) => {
    if (isFolder(path)) return `${path} is a folder.`;
    if (!existsSync(path) || confirmed === path) return null;
    confirmed = path;
    return `${path} is there already. Press Save again to replace it.`;
  });
};

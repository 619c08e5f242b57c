// The system's clipboards, as another program sees them.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from './conform.ts';
import { provideDisplay } from '../support/display.ts';

const run = promisify(execFile);
/** What another program reads; only where there is one to ask. */
const outside = async (...args: readonly string[]): Promise<string> => {
  const display = await provideDisplay();
  const { stdout } = await run('xclip', ['-o', ...args], { env: { ...process.env, DISPLAY: display } });
  return stdout;
};
const isLinux = process.platform === 'linux';

test('text is written, read and cleared', async ({ running }) => {
  const seen = await running.evaluateMain(async ({ clipboard }) => {
    await clipboard.writeText('wörds');
    const text = await clipboard.readText();
    const has = [await clipboard.has('text/plain'), await clipboard.has('text/html')];
    clipboard.clear();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return { text, has, after: await clipboard.readText(), items: (await clipboard.read()).length };
  });
  expect(seen).toEqual({ text: 'wörds', has: [true, false], after: '', items: 0 });
});

test('several formats are written at once, raw ones of the system among them', async ({ running }) => {
  const raw = 'electron application/osclipboard;format="x-conformance-hint"';
  const seen = await running.evaluateMain(async ({ clipboard, ClipboardItem }, format: string) => {
    await clipboard.write([
      new ClipboardItem({
        'text/plain': 'plain',
        'text/html': '<b>rich</b>',
        [format]: new Blob(['secret']),
      }),
    ]);
    const [item] = (await clipboard.read()) as [Electron.ClipboardItem];
    const read = async (type: string): Promise<string> => ((await item.getType(type)) as Blob).text();
    return {
      types: item.types.toSorted(),
      plain: await read('text/plain'),
      html: await read('text/html'),
      raw: await read(format),
      missing: await item.getType('image/png').then(
        () => 'there',
        () => 'rejected',
      ),
    };
  }, raw);
  expect(seen.types).toEqual(expect.arrayContaining(['text/html', 'text/plain', raw]));
  expect(seen).toMatchObject({ plain: 'plain', raw: 'secret', missing: 'rejected' });
  expect(seen.html).toContain('<b>rich</b>');
  if (isLinux) {
    expect(await outside('-selection', 'clipboard')).toBe('plain');
    expect(await outside('-selection', 'clipboard', '-t', 'x-conformance-hint')).toBe('secret');
  }
});

test('the selection is a clipboard of its own', async ({ running }) => {
  const seen = await running.evaluateMain(async ({ clipboard }) => {
    if (process.platform !== 'linux') return clipboard.selection === undefined;
    await clipboard.writeText('copied');
    await clipboard.selection.writeText('selected');
    return [await clipboard.readText(), await clipboard.selection.readText()];
  });
  expect(seen).toEqual(isLinux ? ['copied', 'selected'] : true);
  if (isLinux) expect(await outside('-selection', 'primary')).toBe('selected');
});

test('the helpers of old are gone', async ({ running }) => {
  const seen = await running.evaluateMain(({ clipboard }) =>
    ['readHTML', 'writeBuffer', 'availableFormats', 'readBookmark'].map((name) => name in clipboard),
  );
  expect(seen).toEqual([false, false, false, false]);
});

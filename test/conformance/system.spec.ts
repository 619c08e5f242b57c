// What the app has of the system: dialogs, menus, theme, power, tray, notices, links, keychain, screen.
import { expect, test } from './conform.ts';

test('dialogs are answered from a queue and cancelled without one', async ({ running }) => {
  await running.control.dialogs({ showOpenDialog: [{ canceled: false, filePaths: ['/a/file'] }] });
  const seen = await running.evaluateMain(async ({ dialog }) => [
    await dialog.showOpenDialog({ properties: ['openFile'] }),
    await dialog.showOpenDialog({ properties: ['openFile'] }),
    await dialog.showSaveDialog({}),
    (await dialog.showMessageBox({ message: 'Sure?', buttons: ['Delete', 'Cancel'] })).response,
    (await dialog.showMessageBox({ message: 'Sure?', buttons: ['Yes', 'Later'], cancelId: 1 })).response,
  ]);
  expect(seen).toEqual([
    { canceled: false, filePaths: ['/a/file'] },
    { canceled: true, filePaths: [] },
    { canceled: true, filePath: '' },
    1,
    1,
  ]);
  expect((await running.control.shownDialogs()).at(-1)).toMatchObject({
    name: 'showMessageBox',
    message: 'Sure?',
  });
});

test('a menu is built, searched and clicked', async ({ running }) => {
  const seen = await running.evaluateMain(({ Menu, MenuItem }) => {
    const clicked: string[] = [];
    const menu = Menu.buildFromTemplate([
      {
        label: 'File',
        submenu: [
          { id: 'open', label: 'Open', click: (item) => clicked.push(item.label) },
          { type: 'separator' },
        ],
      },
      { id: 'check', label: 'Check', type: 'checkbox' },
      { id: 'off', label: 'Off', enabled: false, click: () => clicked.push('off') },
      { role: 'editMenu' },
    ]);
    menu.append(new MenuItem({ label: 'Last' }));
    menu.getMenuItemById('open')?.click();
    menu.getMenuItemById('check')?.click();
    let error = '';
    try {
      Menu.buildFromTemplate([{}]);
    } catch (caught) {
      error = (caught as Error).name;
    }
    return {
      clicked,
      checked: menu.getMenuItemById('check')?.checked,
      labels: menu.items.map(({ label }) => label.replace('&', '')),
      edit: menu.items[3]?.submenu?.items.some((item) => item.role?.toLowerCase() === 'paste'),
      error,
    };
  });
  expect(seen).toEqual({
    clicked: ['Open'],
    checked: true,
    labels: ['File', 'Check', 'Off', 'Edit', 'Last'],
    edit: true,
    error: 'TypeError',
  });
});

test('an accelerator reaches the menu unless the page takes the key', async ({ open, running }) => {
  const { page } = await open();
  await running.evaluateMain(({ Menu }) => {
    const note = (word: string) => (): void => globalThis.fixture.note('menu', word);
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        {
          label: 'Test',
          submenu: [
            { label: 'Lock', accelerator: 'CommandOrControl+L', click: note('lock') },
            { label: 'Taken', accelerator: 'CommandOrControl+Shift+J', click: note('taken') },
            { label: 'Off', accelerator: 'CommandOrControl+G', enabled: false, click: note('off') },
          ],
        },
      ]),
    );
  });
  await page.evaluate(() => {
    addEventListener('keydown', (event) => {
      if (event.key.toLowerCase() === 'j') event.preventDefault();
    });
  });
  const modifier = process.platform === 'darwin' ? 'Meta' : 'Control';
  await page.locator('#field').focus();
  for (const keys of ['g', 'Shift+J', 'l']) await page.keyboard.press(`${modifier}+${keys}`);
  await expect
    .poll(() =>
      running.evaluateMain(() => globalThis.fixture.events.map(({ details }) => details as unknown)),
    )
    .toEqual(['lock']);
  await running.evaluateMain(({ Menu }) => Menu.setApplicationMenu(null));
});

test('the theme the app chooses is what pages prefer', async ({ open, running }) => {
  const { page } = await open();
  const isDark = (): Promise<boolean> =>
    page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  for (const source of ['dark', 'light', 'dark'] as const) {
    const uses = await running.evaluateMain(({ nativeTheme }, wanted: 'dark' | 'light') => {
      nativeTheme.themeSource = wanted;
      return [nativeTheme.shouldUseDarkColors, nativeTheme.themeSource];
    }, source);
    expect(uses).toEqual([source === 'dark', source]);
    await expect.poll(isDark).toBe(source === 'dark');
  }
  const later = await open();
  expect(await later.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  const heard = await running.evaluateMain(async ({ nativeTheme }) => {
    const updated = new Promise((resolve) => nativeTheme.once('updated', () => resolve('updated')));
    nativeTheme.themeSource = 'light';
    return updated;
  });
  expect(heard).toBe('updated');
  await running.evaluateMain(({ nativeTheme }) => {
    nativeTheme.themeSource = 'system';
  });
});

test('the idle time is measured and power events are heard', async ({ running }) => {
  await running.evaluateMain(({ powerMonitor }) => {
    for (const name of ['lock-screen', 'suspend'] as const) {
      powerMonitor.on(name as 'suspend', () => globalThis.fixture.note(name));
    }
  });
  await running.control.powerMonitor('lock-screen');
  await running.control.powerMonitor('suspend');
  const seen = await running.evaluateMain(({ powerMonitor }) => ({
    heard: globalThis.fixture.events.map(({ name }) => name),
    isNumber: Number.isInteger(powerMonitor.getSystemIdleTime()),
    state: powerMonitor.getSystemIdleState(1_000_000),
  }));
  expect(seen).toEqual({
    heard: ['lock-screen', 'suspend'],
    isNumber: true,
    state: expect.stringMatching(/active|unknown/),
  });
});

test('links, notices and the tray are written down', async ({ running }) => {
  await running.evaluateMain(async ({ shell, Notification, Tray, Menu, nativeImage }) => {
    await shell.openExternal('https://example.com/portal');
    shell.showItemInFolder('/a/file');
    new Notification({ title: 'Expiring', body: 'soon' }).show();
    const tray = new Tray(nativeImage.createEmpty());
    tray.setToolTip('Fixture');
    tray.setContextMenu(
      Menu.buildFromTemplate([{ label: 'Lock', click: () => globalThis.fixture.note('tray', 'lock') }]),
    );
  });
  expect(await running.control.openedExternal()).toEqual(['https://example.com/portal']);
  expect(await running.control.shownItems()).toEqual(['/a/file']);
  // The app of the fixture has shown those of other tests too.
  expect((await running.control.notifications()).at(-1)).toEqual({ title: 'Expiring', body: 'soon' });
  expect(await running.control.tray()).toEqual([
    { toolTip: 'Fixture', items: [{ id: '', label: 'Lock', enabled: true }] },
  ]);
  await running.control.clickTray('Lock');
  expect(await running.evaluateMain(() => globalThis.fixture.events)).toEqual([
    { name: 'tray', details: 'lock' },
  ]);
});

test('where no keychain is there, nothing is encrypted', async ({ running }) => {
  const seen = await running.evaluateMain(async ({ safeStorage }) => {
    if (safeStorage.isEncryptionAvailable()) return 'there is one';
    let message = '';
    try {
      safeStorage.encryptString('words');
    } catch (error) {
      message = (error as Error).message;
    }
    return [message, safeStorage.getSelectedStorageBackend(), await safeStorage.isAsyncEncryptionAvailable()];
  });
  if (running.which === 'stand-in')
    expect(seen).toEqual([expect.stringContaining('not available'), 'basic_text', false]);
  else expect(seen).toBeTruthy();
});

test('the screen has a size and a work area within it', async ({ running }) => {
  const seen = await running.evaluateMain(({ screen }) => {
    const { bounds, workArea, scaleFactor } = screen.getPrimaryDisplay();
    return [
      bounds.width >= workArea.width,
      workArea.width > 300,
      scaleFactor > 0,
      screen.getAllDisplays().length > 0,
    ];
  });
  expect(seen).toEqual([true, true, true, true]);
});

test('a global shortcut is registered once and given back', async ({ running }) => {
  const seen = await running.evaluateMain(({ globalShortcut }) => {
    const first = globalShortcut.register('CommandOrControl+Alt+F9', () => {});
    const held = globalShortcut.isRegistered('CommandOrControl+Alt+F9');
    globalShortcut.unregisterAll();
    return [first, held, globalShortcut.isRegistered('CommandOrControl+Alt+F9')];
  });
  expect(seen).toEqual([true, true, false]);
});

test('images are made from bytes and know when they are empty', async ({ running }) => {
  const seen = await running.evaluateMain(({ nativeImage }) => {
    const base64 =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const image = nativeImage.createFromDataURL(`data:image/png;base64,${base64}`);
    return [
      image.isEmpty(),
      image.getSize(),
      nativeImage.createEmpty().isEmpty(),
      nativeImage.createFromPath('/none').isEmpty(),
    ];
  });
  expect(seen).toEqual([false, { width: 1, height: 1 }, true, true]);
});

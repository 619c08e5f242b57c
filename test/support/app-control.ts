// What a test may do to an app from outside its windows, written once for Electron and the stand-in: every call is a
// function that runs in the main process.
import type {
  Control,
  DialogAnswers,
  MainFunction,
  PowerEvent,
  ShownDialog,
  TrayRecord,
} from './app-types.ts';
import type { Menu, MenuItem, Notification } from 'electron';

type Evaluate = <R, A = undefined>(fn: MainFunction<A, R>, argument?: A) => Promise<R>;

/** What main-hook.cjs keeps in the main process. */
type Records = {
  readonly answers: Record<string, unknown[]>;
  readonly dialogs: ShownDialog[];
  readonly notifications: { readonly title: string; readonly body: string }[];
  readonly notices: Notification[];
  readonly openedExternal: string[];
  readonly shownItems: string[];
  readonly trays: { readonly toolTip: string; readonly menu: Menu | null }[];
};
type Scope = typeof globalThis & { readonly keyturnTestRecords: Records };

export const makeControl = (evaluate: Evaluate): Control => ({
  dialogs: (answers) =>
    evaluate((_electron, queued: DialogAnswers) => {
      const records = (globalThis as Scope).keyturnTestRecords;
      for (const [name, list] of Object.entries(queued)) (records.answers[name] ??= []).push(...list);
    }, answers),
  shownDialogs: () => evaluate(() => (globalThis as Scope).keyturnTestRecords.dialogs),
  powerMonitor: (event) =>
    evaluate(({ powerMonitor }, name: PowerEvent) => {
      powerMonitor.emit(name);
    }, event),
  notifications: () => evaluate(() => (globalThis as Scope).keyturnTestRecords.notifications),
  clickNotice: () =>
    evaluate(() => {
      const notice = (globalThis as Scope).keyturnTestRecords.notices.at(-1);
      if (!notice) throw new Error('No notice was shown');
      notice.emit('click', {});
    }),
  pressNotice: (word) =>
    evaluate((_electron, wanted: string) => {
      const notice = (globalThis as Scope).keyturnTestRecords.notices.at(-1);
      const actionIndex = notice?.actions.findIndex(({ text }) => text === wanted) ?? -1;
      if (!notice || actionIndex < 0) throw new Error(`The notice has no button '${wanted}'`);
      notice.emit('action', { actionIndex, selectionIndex: -1 }, actionIndex, -1);
    }, word),
  openedExternal: () => evaluate(() => (globalThis as Scope).keyturnTestRecords.openedExternal),
  shownItems: () => evaluate(() => (globalThis as Scope).keyturnTestRecords.shownItems),
  clipboardText: () => evaluate(({ clipboard }) => clipboard.readText()),
  primaryText: () => evaluate(({ clipboard }) => clipboard.selection.readText()),
  writeClipboard: (text) => evaluate(({ clipboard }, value: string) => clipboard.writeText(value), text),
  tray: () =>
    evaluate((): readonly TrayRecord[] =>
      (globalThis as Scope).keyturnTestRecords.trays.map(({ toolTip, menu }) => ({
        toolTip,
        items: (menu?.items ?? []).map(({ id, label, enabled }) => ({ id, label, enabled })),
      })),
    ),
  clickTray: (label) =>
    evaluate((_electron, wanted: string) => {
      const items = (globalThis as Scope).keyturnTestRecords.trays.flatMap(({ menu }) => menu?.items ?? []);
      const item = items.find((each) => each.label === wanted || each.id === wanted);
      if (!item) throw new Error(`The tray has no item '${wanted}'`);
      item.click();
    }, label),
  clickMenu: (name) =>
    evaluate(({ Menu }, wanted: string) => {
      const find = (items: readonly MenuItem[]): MenuItem | undefined => {
        for (const item of items) {
          if (item.id === wanted || item.label.replace('&', '') === wanted) return item;
          const nested = item.submenu && find(item.submenu.items);
          if (nested) return nested;
        }
        return undefined;
      };
      const item = find(Menu.getApplicationMenu()?.items ?? []);
      if (!item) throw new Error(`The menu has no item '${wanted}'`);
      item.click();
    }, name),
});

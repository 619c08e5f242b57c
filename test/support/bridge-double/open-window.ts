// The window's page in a browser, its bridge led to a real agent with a real vault in a folder of its own. What is doubled
// is Electron alone, so a page under test meets the answers that it will meet in the app.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { createAgent, type Agent } from '../../../src/agent/agent.ts';
import { windowCallNames, windowEventNames } from '../../../src/contract/window-call-names.ts';
import { nodePorts } from '../../../src/node/ports.ts';
import { origin, serveWindow } from './build-window.ts';
import { installBridge } from './page-bridge.ts';
import { createShellDouble, type Person } from './shell-double.ts';
import type { LeakDesk } from './leak-desk.ts';
import { fromPage, toPage } from './page-values.ts';

export type OpenWindow = {
  readonly page: Page;
  readonly agent: Agent;
  readonly person: Person;
  readonly home: string;
  /** Everything that the page complained about: errors, refused resources. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
};

export type WindowOptions = {
  readonly demo?: boolean;
  /** A folder of a vault that is there already; it is not removed afterwards. */
  readonly home?: string;
  /** Answers about pasted keys in the agent's place; without it the agent does. */
  readonly leaks?: LeakDesk;
};

/** Opens the vault window on a fresh home; with `demo` on the vault of invented keys, unlocked. */
export const openWindow = async (
  context: BrowserContext,
  options: WindowOptions = {},
): Promise<OpenWindow> => {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'keyturn-home-'));
  // The cheapest derivation that the format allows: these tests are about the window.
  const ports = await nodePorts({ targetMs: 0 });
  const agent = createAgent({ home, ports, demo: options.demo ?? false });
  const person: Person = { clipboard: '', opens: null, saves: null, visited: [] };
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });

  const emit = (event: string, payload: unknown): void => {
    if (page.isClosed()) return;
    page
      .evaluate(
        ([name, value]) =>
          (window as unknown as { keyturnEmit?: (event: unknown, payload: unknown) => void }).keyturnEmit?.(
            name,
            value,
          ),
        [event, toPage(payload)],
      )
      .catch(() => undefined);
  };
  const { leaks } = options;
  if (leaks !== undefined) {
    leaks.emit = emit;
    leaks.draft = () =>
      agent.call('window', 'draft.begin', { text: person.clipboard }) as ReturnType<LeakDesk['draft']>;
  }
  const shell = createShellDouble(
    (name, input) => leaks?.answer(name, input) ?? agent.call('shell', name, input),
    () => agent.state().settings,
    person,
    emit,
  );
  agent.onAny((event, payload) => emit(event, payload));
  if (options.demo === true) await agent.call('shell', 'demo.create', {});

  await page.exposeFunction('keyturnCall', async (name: string, input: unknown) => {
    const value = fromPage(input);
    return toPage(
      await (shell(name, value) ?? leaks?.answer(name, value) ?? agent.call('window', name, value)),
    );
  });
  await page.addInitScript(installBridge, { calls: [...windowCallNames], events: [...windowEventNames] });
  await serveWindow(page);
  await page.goto(`${origin}/index.html`);
  return {
    page,
    agent,
    person,
    home,
    complaints,
    close: async () => {
      await page.close();
      agent.close();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
};

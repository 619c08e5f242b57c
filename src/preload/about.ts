// The About window's bridge: its facts, each asked for by name through @electron/remote and given on as plain text.
// This is the only page where that package runs; see src/main/security/remote.ts for what confines it.
import { getGlobal } from '@electron/remote';
import { contextBridge } from 'electron';
import { aboutFactNames, aboutGlobalOf, type AboutFactName } from '../contract/about-facts.ts';

const readFact = (name: AboutFactName): string | null => {
  try {
    const value: unknown = getGlobal(aboutGlobalOf(name));
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
};

contextBridge.exposeInMainWorld('about', {
  facts: () => Object.fromEntries(aboutFactNames.map((name) => [name, readFact(name)])),
});

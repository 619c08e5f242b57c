// What the About window is told: versions, as plain text, under the names of the contract.
import { release } from 'node:os';
import { app } from 'electron';
import { aboutFactNames, aboutGlobalOf, type AboutFactName } from '../contract/about-facts.ts';

/** The facts by the name under which the About window's preload asks for them. */
export const aboutFacts = (): Readonly<Record<string, string>> => {
  const facts: Readonly<Record<AboutFactName, string>> = {
    version: app.getVersion(),
    electron: process.versions['electron'] ?? 'unknown',
    chromium: process.versions['chrome'] ?? 'unknown',
    node: process.versions.node,
    system: `${process.platform} ${release()}, ${process.arch}`,
  };
  return Object.fromEntries(aboutFactNames.map((name) => [aboutGlobalOf(name), facts[name]]));
};

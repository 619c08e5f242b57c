// What the About window is told, as plain texts under the names of the contract.
import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import { app } from 'electron';
import { aboutFactNames, aboutGlobalOf, type AboutFactName } from '../contract/about-facts.ts';
import { paths } from './paths.ts';

/** The licences of all that is inside, as the build listed them; empty where a build went without. */
const licences = (): string => {
  try {
    return readFileSync(paths.licences, 'utf8');
  } catch {
    return '';
  }
};

/** The facts by the name under which the About window's preload asks for them. */
export const aboutFacts = (): Readonly<Record<string, string>> => {
  const facts: Readonly<Record<AboutFactName, string>> = {
    version: app.getVersion(),
    electron: process.versions['electron'] ?? 'unknown',
    chromium: process.versions['chrome'] ?? 'unknown',
    node: process.versions.node,
    system: `${process.platform} ${release()}, ${process.arch}`,
    licences: licences(),
  };
  return Object.fromEntries(aboutFactNames.map((name) => [aboutGlobalOf(name), facts[name]]));
};

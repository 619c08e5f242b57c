// What the About window is told: versions, and as `licences` the text of out/licences.json. Each fact travels as one primitive under this name, so that nothing with a prototype ever
// leaves the shell (src/main/security/remote.ts).
export const aboutFactNames = ['version', 'electron', 'chromium', 'node', 'system', 'licences'] as const;
export type AboutFactName = (typeof aboutFactNames)[number];

/** `window.about` in the About window: the facts, or null for one that the shell did not give. */
export type AboutBridge = {
  readonly facts: () => Readonly<Record<AboutFactName, string | null>>;
};

/** The global's name by which the About window's preload asks for a fact. */
export const aboutGlobalOf = (name: AboutFactName): string => `keyturn.${name}`;

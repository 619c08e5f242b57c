// Chromium's and Node's command-line switches can open the window to anybody who can start the app: a debugger, no sandbox,
// another proxy. There is no fuse for them, so a packaged app looks before it is ready and leaves.

export const dangerousSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'no-sandbox',
  'disable-gpu-sandbox',
  'disable-setuid-sandbox',
  'disable-seccomp-filter-sandbox',
  'single-process',
  'in-process-gpu',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-file-access-from-files',
  'allow-running-insecure-content',
  'ignore-certificate-errors',
  'unsafely-treat-insecure-origin-as-secure',
  'host-rules',
  'host-resolver-rules',
  'proxy-server',
  'proxy-pac-url',
  'load-extension',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'renderer-process-limit',
  'js-flags',
  'log-net-log',
  'enable-logging',
  'auto-open-devtools-for-tabs',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-publish-uid',
  'debug',
  'debug-brk',
  'require',
  'experimental-loader',
  'import',
] as const;

/** The name of a switch as it stands on a command line, or null for a plain word. */
const nameOf = (word: string): string | null => {
  // Chromium takes one dash or two, and on Windows a slash.
  const match = /^(?:--?|\/)([A-Za-z][A-Za-z0-9-]*)(?:=|$)/.exec(word);
  return match?.[1]?.toLowerCase() ?? null;
};

/**
 * The first dangerous switch that is set, or null.
 * @param argv the words of the command line
 * @param hasSwitch Chromium's own view (`app.commandLine.hasSwitch`), which knows what other means than argv have set
 */
export const findDangerousSwitch = (
  argv: readonly string[],
  hasSwitch: (name: string) => boolean,
): string | null => {
  const given = new Set(argv.map(nameOf));
  return dangerousSwitches.find((name) => given.has(name) || hasSwitch(name)) ?? null;
};

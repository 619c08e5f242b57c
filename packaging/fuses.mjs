// The nine fuses of Electron's schema 1 as a packaged Keyturn must have them, and why. The one table from which
// after-pack.mjs sets them and scripts/check-fuses.mjs reads them back; test/unit/fuses.test.ts holds docs/security.md to it.
import { FuseV1Options, FuseVersion } from '@electron/fuses';

/** @typedef {'darwin' | 'win32' | 'linux'} Platform */

const everywhere = (value) => ({ darwin: value, win32: value, linux: value });

/** In the order of the wire. `wanted`: by system, as process.platform names it. */
export const fuses = [
  {
    name: 'RunAsNode',
    wanted: everywhere(false),
    why: 'a signed app must not serve as somebody’s Node; the agent is a utility process',
  },
  {
    name: 'EnableCookieEncryption',
    wanted: everywhere(true),
    why: 'no cookies are kept, and were one kept it would not lie in the clear',
  },
  {
    name: 'EnableNodeOptionsEnvironmentVariable',
    wanted: everywhere(false),
    why: 'NODE_OPTIONS and NODE_EXTRA_CA_CERTS would load code and trust of others',
  },
  {
    name: 'EnableNodeCliInspectArguments',
    wanted: everywhere(false),
    why: '--inspect and SIGUSR1 would open the shell to a debugger',
  },
  {
    name: 'EnableEmbeddedAsarIntegrityValidation',
    // Electron checks the archive on macOS and Windows alone.
    wanted: { darwin: true, win32: true, linux: false },
    why: 'a changed archive must not start',
  },
  {
    name: 'OnlyLoadAppFromAsar',
    wanted: everywhere(true),
    why: 'a folder beside the archive would go round its check',
  },
  {
    name: 'LoadBrowserProcessSpecificV8Snapshot',
    wanted: everywhere(false),
    why: 'we build no snapshot, and snapshots lie outside the archive’s check (CVE-2025-55305)',
  },
  {
    name: 'GrantFileProtocolExtraPrivileges',
    wanted: everywhere(false),
    why: 'pages come from the app’s own scheme, never from file:',
  },
  {
    name: 'WasmTrapHandlers',
    wanted: everywhere(true),
    why: 'libsodium is WebAssembly; off makes it slower and nothing safer',
  },
];

/**
 * What `flipFuses` takes: every fuse named, so that one that a later Electron adds is an error here.
 * @param {Platform} platform
 */
export const fuseConfig = (platform) => ({
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  // Apple silicon starts nothing whose signature broke; the real signature is made after this.
  resetAdHocDarwinSignature: platform === 'darwin',
  ...Object.fromEntries(fuses.map(({ name, wanted }) => [FuseV1Options[name], wanted[platform]])),
});

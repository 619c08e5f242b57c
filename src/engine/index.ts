// What the engine exports. AssemblyScript, not TypeScript: compiled by scripts/engine.mjs into src/node/scan/engine-bytes.ts.
// All threads share one memory, so nothing here may keep state in globals of the memory: callers hand over every address.
export { sipHash } from './sip-hash';

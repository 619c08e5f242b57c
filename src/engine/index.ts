// What the engine exports. AssemblyScript, not TypeScript: compiled by scripts/engine.mjs into src/node/scan/engine-bytes.ts.
// All threads share one memory, so nothing here may keep state in globals of the memory: callers hand over every address.
export { sipHash } from './sip-hash';
export { adler32 } from './adler32';
export { inflateRun, inflateSlack, inflateStart } from './inflate';
export { inflateStateBytes } from './inflate-layout';
export { scanKnown } from './kernel';
export { insertLasting, scanLasting } from './lasting';
export { insertWords } from './probe';
export { countCharacters, countLines, narrow, wipe } from './text';
export { applyDelta, deltaResultBytes } from './delta';
export { deltaStrips, gapBytes } from './delta-strips';
export { packHeads } from './pack';
export { findPrefixes } from './prefixes';

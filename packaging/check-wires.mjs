// Reads the fuses back from a packed app. A reader of our own beside @electron/fuses: that one reads the first wire of a file
// only, and a universal macOS binary has two.
import { open } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { FuseState, pathToFuseFile } from '@electron/fuses';
import { fuses } from './fuses.mjs';

// The mark before each wire: the library has it and does not export it.
const library = path.dirname(createRequire(import.meta.url).resolve('@electron/fuses'));
const { SENTINEL } = await import(pathToFileURL(path.join(library, 'constants.js')).href);
const sentinel = Buffer.from(SENTINEL);
const chunkBytes = 4 * 1024 * 1024;
// After the sentinel: the schema's version, the number of fuses (a byte each), then one byte for each fuse.
const headerBytes = 2;
const longestWire = 255;

const read = async (handle, position, length) => {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
};

/** Offsets of every sentinel; chunks overlap, so that one across a border is found. */
async function findSentinels(handle) {
  const { size } = await handle.stat();
  const found = [];
  for (let start = 0; start < size; start += chunkBytes) {
    const chunk = await read(handle, start, chunkBytes + sentinel.length - 1);
    for (let at = chunk.indexOf(sentinel); at !== -1; at = chunk.indexOf(sentinel, at + 1)) {
      found.push(start + at);
    }
  }
  return found;
}

const stateWords = { [FuseState.ENABLE]: 'on', [FuseState.DISABLE]: 'off', [FuseState.REMOVED]: 'removed' };
const wordOf = (state) =>
  state === undefined ? 'missing' : (stateWords[state] ?? `unknown (${String(state)})`);

function faultsOf(wire, platform) {
  if (wire[0] !== 1) return [`the wire has schema ${String(wire[0])}, and 1 is known`];
  const length = wire[1] ?? 0;
  const states = wire.subarray(headerBytes, headerBytes + length);
  const wrong = fuses.flatMap(({ name, wanted }, at) => {
    const found = wordOf(states[at]);
    const expected = wanted[platform] ? 'on' : 'off';
    return found === expected ? [] : [`${name} is ${found} and must be ${expected}`];
  });
  if (length <= fuses.length) return wrong;
  return [
    ...wrong,
    `the wire has ${String(length)} fuses, and packaging/fuses.mjs decides on ${String(fuses.length)}`,
  ];
}

/**
 * What is wrong with the fuses of an app, in words; nothing where all are right.
 * @param {string} app a program, or a bundle that ends in .app
 * @param {import('./fuses.mjs').Platform} platform the system it is made for
 * @returns {Promise<string[]>}
 */
export async function checkFuses(app, platform) {
  const handle = await open(pathToFuseFile(app), 'r');
  try {
    const sentinels = await findSentinels(handle);
    if (sentinels.length === 0) return ['no fuses are in this file: it is no Electron'];
    const faults = [];
    for (const at of sentinels) {
      const wire = await read(handle, at + sentinel.length, headerBytes + longestWire);
      faults.push(...faultsOf(wire, platform));
    }
    return [...new Set(faults)];
  } finally {
    await handle.close();
  }
}

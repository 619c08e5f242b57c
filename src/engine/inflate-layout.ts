// Where what is known of a zlib stream stands in its state, and what a run gives.

// State of one stream, in the caller's memory; the first words are read from outside (node/scan/git/inflater.ts).
export const atInput: usize = 0; // u32: address of the next byte of input
export const atOutput: usize = 4; // u32: address behind what was written
export const atPhase: usize = 8;
export const atLast: usize = 12;
export const atBitsLeft: usize = 16;
export const atStoredLeft: usize = 20;
export const atBits: usize = 24;
export const atLengthBits: usize = 32;
export const atOffsetBits: usize = 36;
export const atFixedBuilt: usize = 40;
export const atSum: usize = 44;
export const lengthTable: usize = 64;
export const offsetTable: usize = lengthTable + 2_400 * 4;
export const precodeTable: usize = offsetTable + 512 * 4;
export const fixedLengths: usize = precodeTable + 128 * 4;
export const fixedOffsets: usize = fixedLengths + 512 * 4;
export const lensAt: usize = fixedOffsets + 32 * 4;
export const workAt: usize = lensAt + 384;
/** Size of the state; the work area of buildTable is the last in it. */
export const inflateStateBytes: usize = workAt + 1_024;

export const phaseHead = 0;
export const phaseBlock = 1;
export const phaseStored = 2;
export const phaseFixed = 3;
export const phaseDynamic = 4;
export const phaseCheck = 5;
export const phaseDone = 6;

/** What a run gives. */
export const isDone = 0;
export const wantsRoom = 1;
export const wantsInput = 2;
export const isBroken = 3;

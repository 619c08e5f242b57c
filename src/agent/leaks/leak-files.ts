// The files beside the vault that finding pasted keys has. docs/scanning.md §5.
import { guardFile, slotFile } from '../scanning/guard-file.ts';
import { rootFile } from '../scanning/root-file.ts';
import { indexFile } from './index-file.ts';

/** @param home absolute path of the vault's folder */
export const leakFiles = (home: string): readonly string[] => [
  guardFile(home),
  slotFile(home),
  rootFile(home),
  indexFile(home),
];

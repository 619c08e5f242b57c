// Calls by which a scan is begun and followed, and watching turned on and off. docs/scanning.md §1.
import type { OpenHandlers, SessionGroup, SessionHandlers } from '../handler.ts';
import { notYet } from './not-yet.ts';

export const openScanHandlers: OpenHandlers<'watch.read'> = { 'watch.read': notYet };

export const scanHandlers: SessionGroup<'scan'> & SessionHandlers<'watch.set'> = {
  'scan.roots': notYet,
  'scan.setRoots': notYet,
  'scan.addPath': notYet,
  'scan.start': notYet,
  'scan.read': notYet,
  'scan.follow': notYet,
  'scan.pause': notYet,
  'scan.resume': notYet,
  'scan.cancel': notYet,
  'watch.set': notYet,
};

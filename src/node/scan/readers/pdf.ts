// PDF: the bytes as they are.
import { streamOf, type Extent } from './input.ts';
import { givePlain, innerKind, type Reading, type Where } from './reading.ts';

export const readPdf = (reading: Reading, extent: Extent, where: Where): void => {
  givePlain(reading, streamOf(extent), { ...where, kind: innerKind(where.kind, 'document') });
};

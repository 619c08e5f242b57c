// An import preview while a person looks at it: the document with its values, the rows by index, the environment it was made for.
import type { RecordId } from '../core/model/ids.ts';
import type { ImportPreview } from '../core/transfer/import-preview.ts';

export type HeldPreview = {
  readonly preview: ImportPreview;
  /** The variable of each row that was shown, by its index; a key's other parts have no row of their own. */
  readonly rows: readonly { readonly variable: string; readonly companions: readonly string[] }[];
  readonly environmentId: RecordId;
  readonly wipe: () => void;
};

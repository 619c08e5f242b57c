// The catalogue with what a vault keeps from outside: documents of a person's own providers and of updates, read anew each time.
import { readDefinitions } from './read-definition.ts';
import { builtInCatalogue, catalogueWith, type Catalogue } from './whole-catalogue.ts';

/** A document of definitions as a vault keeps it. */
export type OutsideDocument = { readonly definition: string; readonly source: string };

/** The catalogue with the documents of a vault. One that this version cannot read any more is left out. */
export const catalogueOf = (documents: readonly OutsideDocument[]): Catalogue =>
  documents.length === 0
    ? builtInCatalogue
    : catalogueWith(
        documents.flatMap(({ definition, source }) => {
          const read = readDefinitions(definition, { source });
          return read.ok ? read.value : [];
        }),
      );

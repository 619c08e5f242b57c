// The definitions of providers that a vault adds to those that are built in, on their way from the agent to the scan threads: patterns and
// names of services, nothing of a key.
import * as v from 'valibot';
import { catalogueOf, type OutsideDocument } from '../../core/providers/outside-catalogue.ts';
import type { ProviderDefinition } from '../../core/providers/provider.ts';

const documentsShape = v.array(v.strictObject({ definition: v.string(), source: v.string() }));

/** In one text; '' for none. */
export const writeAdded = (documents: readonly OutsideDocument[]): string =>
  documents.length === 0
    ? ''
    : JSON.stringify(documents.map(({ definition, source }) => ({ definition, source })));

const readDocuments = (text: string): readonly OutsideDocument[] => {
  try {
    const parsed = v.safeParse(documentsShape, JSON.parse(text));
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
};

/** All providers, those of the text among them; what cannot be read is left out. */
export const providersWith = (text: string): readonly ProviderDefinition[] =>
  catalogueOf(readDocuments(text)).providers;

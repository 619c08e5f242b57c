// A provider in the contract's words: one line of the list, and the whole page.
import type { CallOutput } from '../../contract/contract.ts';
import type { Book } from '../../core/keys/book.ts';
import { curlInWords } from '../../core/providers/describe-curl.ts';
import {
  conditionInWords,
  expiryInWords,
  formatInWords,
  isOld,
  limitInWords,
  newestFact,
  requestInWords,
  revealInWords,
  tellsInWords,
} from '../../core/providers/describe.ts';
import type { ProviderDefinition } from '../../core/providers/provider.ts';
import { viewProvider } from './views.ts';

type Entry = CallOutput<'providers.list'>[number];
type Page = CallOutput<'providers.read'>;

export const viewEntry = (book: Book, definition: ProviderDefinition): Entry => ({
  ...viewProvider(definition),
  category: definition.category,
  nearNames: definition.nearNames.map((near) => ({ ...near })),
  check: definition.check.possible,
  rotate: definition.rotation.mode,
  origin: book.catalogue().originOf(definition.id),
  keys: book.byProvider.get(definition.id)?.size ?? 0,
  configured: book.providerSettings.has(definition.id),
});

const viewCheck = (definition: ProviderDefinition): Page['check'] => {
  const { check } = definition;
  return check.possible
    ? {
        possible: true,
        why: '',
        asks: check.requests.map(requestInWords),
        shell: [...new Set(check.requests.flatMap((request) => curlInWords(definition, request) ?? []))],
        never: [...check.neverCall],
        decisions: check.decisions.map((row) => ({
          when: conditionInWords(row),
          state: row.state,
          reason: row.reason,
          next: row.next,
        })),
        tells: tellsInWords(check),
      }
    : { possible: false, why: check.why, asks: [], shell: [], never: [], decisions: [], tells: [] };
};

/** @param today YYYY-MM-DD */
export const viewPage = (book: Book, definition: ProviderDefinition, today: string): Page => {
  const configured = book.providerSettings.get(definition.id)?.body;
  const { rotation, facts } = definition;
  const verifiedOn = newestFact(facts);
  return {
    entry: viewEntry(book, definition),
    otherNames: [...definition.otherNames],
    formats: definition.formats.map(formatInWords),
    fields: definition.fields.map(({ name, label, variable, secret, help = '' }) => ({
      name,
      label,
      variable,
      secret,
      help,
    })),
    portals: definition.portals.map(({ environment, url, path }) => ({ environment, url, path })),
    create: definition.managedBy.create,
    revoke: definition.managedBy.revoke,
    limits: [
      ...definition.limits.map(limitInWords),
      ...(definition.requestLimit === undefined ? [] : [`Requests: ${definition.requestLimit}.`]),
    ],
    reveal: revealInWords(definition),
    editable: [...definition.editable],
    expiry: expiryInWords(definition.expiry),
    money: { moves: definition.movesMoney.value, why: definition.movesMoney.why },
    lifecycle: definition.lifecycle.map((entry) => ({ ...entry })),
    check: viewCheck(definition),
    rotation: {
      mode: rotation.mode,
      overlap: rotation.overlap,
      needs: rotation.needs,
      steps: rotation.steps.map(({ text }) => text),
    },
    settings: definition.settings.map(({ name, label, help, usual = null }) => ({
      name,
      label,
      help,
      usual,
      value: configured?.values[name] ?? null,
    })),
    baseUrl: configured?.baseUrl ?? null,
    facts: facts.map(({ text, source, verifiedOn: day, uncertain = false }) => ({
      text,
      source,
      verifiedOn: day,
      uncertain,
      old: isOld(day, today),
    })),
    verifiedOn,
    old: isOld(verifiedOn, today),
  };
};

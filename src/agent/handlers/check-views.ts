// What is known from asking about one key, in the contract's words. Opens no value: what would be asked is told without it.
import { ok, type Result } from '../../core/model/result.ts';
import type { CallOutput } from '../../contract/contract.ts';
import { currentVersion, type Book, type HeldKey } from '../../core/keys/book.ts';
import { find } from '../../core/keys/edit.ts';
import { consentOf, nextOf, unattendedOf } from '../../core/keys/checks/plan.ts';
import { viewTold } from '../../core/keys/checks/told.ts';
import type { CheckRequest } from '../../core/providers/asking.ts';
import { costInWords } from '../../core/providers/describe.ts';
import { readBaseUrl } from '../../core/providers/ask/address.ts';
import type { ProviderDefinition } from '../../core/providers/provider.ts';
import type { SessionContext } from '../handler.ts';

type View = CallOutput<'keys.checks'>;

const viewRuns = (book: Book, { id, body }: HeldKey): View['runs'] => {
  const numbers = new Map(body.versions.map((version) => [version.id, version.number]));
  return (book.logs.get(id)?.body.runs ?? []).map(({ versionId, timesMs, ...run }) => ({
    ...run,
    version: numbers.get(versionId) ?? null,
    timesMs: [...timesMs],
  }));
};

const requestOf = ({ check }: ProviderDefinition, { body }: HeldKey): CheckRequest | undefined =>
  check.possible ? check.requests.find(({ kinds }) => kinds.includes(body.kind)) : undefined;

/** The address with what is no secret filled in, as far as it is known. */
const addressOf = (
  book: Book,
  definition: ProviderDefinition,
  held: HeldKey,
  { url }: CheckRequest,
): string => {
  const settings = book.providerSettings.get(definition.id)?.body;
  const plain = new Map(currentVersion(held.body).fields.map(({ name, value }) => [name, value]));
  const filled = url.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => {
    const field = definition.fields.find((each) => each.name === name);
    const setting = definition.settings.find((each) => each.name === name);
    return plain.get(name) ?? settings?.values[name] ?? setting?.usual ?? field?.usual ?? whole;
  });
  const base = settings?.baseUrl ?? null;
  return base === null || readBaseUrl(base) === undefined
    ? filled
    : filled.replace(/^(?:[a-z]+:\/\/[^/]*|\{[^{}]+\})/, base);
};

const noProvider = {
  reason: 'Nobody said whose key this is, so nobody can be asked.',
  next: 'Choose its provider, or add one of your own.',
};

const cannotAsk = (definition: ProviderDefinition | undefined, held: HeldKey): View['cannotAsk'] => {
  if (held.body.removedAtMs !== null)
    return { reason: 'It is removed.', next: 'Take it back out of the bin first.' };
  if (definition === undefined) return noProvider;
  const { check, name } = definition;
  if (!check.possible) return { reason: check.why, next: `Look at it in the portal of ${name}.` };
  return requestOf(definition, held) === undefined
    ? {
        reason: `${name} is asked at different addresses for live and for test keys.`,
        next: 'Say of this key whether it is live or test.',
      }
    : null;
};

const viewUnattended = ({ session, core, work }: SessionContext, held: HeldKey): View['unattended'] => {
  const book = session.book();
  const consent = consentOf(book, held.id);
  const { happens, why } = unattendedOf(book, held);
  if (!happens) return { consent, happens, why, nextAtMs: null };
  const { offline, scheduledChecks } = core.settings();
  if (core.demo) return { consent, happens: false, why: 'The demo asks nobody on its own.', nextAtMs: null };
  if (offline) return { consent, happens: false, why: 'Offline is on: nothing is sent.', nextAtMs: null };
  if (!scheduledChecks)
    return { consent, happens: false, why: 'Checks on their own are off in the settings.', nextAtMs: null };
  const next = nextOf(work(), held);
  return { consent, happens, why, nextAtMs: next === null ? null : Math.max(next, core.nowMs()) };
};

export const viewChecks = (context: SessionContext, { id }: { readonly id: string }): Result<View> => {
  const book = context.session.book();
  const found = find(book.keys, id, 'key');
  if (!found.ok) return found;
  const held = found.value;
  const { provider } = held.body;
  const definition = provider === null ? undefined : book.catalogue().find(provider);
  const request = definition === undefined ? undefined : requestOf(definition, held);
  return ok({
    runs: viewRuns(book, held),
    told: viewTold(held.body, book.logs.get(id)?.body),
    cannotAsk: cannotAsk(definition, held),
    cost: request === undefined ? '' : costInWords(request.cost),
    asks:
      definition === undefined || request === undefined ? null : addressOf(book, definition, held, request),
    unattended: viewUnattended(context, held),
  });
};

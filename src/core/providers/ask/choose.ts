// Which request is put for a key: the first that fits its kind and its format. Says why where none is.
import type { CheckFacts, CheckRequest } from '../asking.ts';
import type { ProviderDefinition } from '../provider.ts';
import type { Prepared } from './prepare.ts';
import { say, type OrSaid, type Question } from './question.ts';

export type AskableCheck = Extract<CheckFacts, { possible: true }>;

const fits = (request: CheckRequest, definition: ProviderDefinition, { kind, format }: Prepared): boolean => {
  const formatId = (format ?? definition.formats[0])?.id;
  const isOfFormat =
    request.formats === undefined || (formatId !== undefined && request.formats.includes(formatId));
  return isOfFormat && request.kinds.includes(kind);
};

const maySpend = (request: CheckRequest, unattended: boolean): boolean =>
  !(unattended && request.cost === 'credits');

const costsCredits: OrSaid<never> = say(
  'not-checkable',
  'Asking costs credits, so nobody but you may start it.',
  'Check it yourself when you want to know.',
);

const noRequest = (definition: ProviderDefinition, check: AskableCheck, prepared: Prepared): OrSaid<never> =>
  prepared.kind === 'unknown' && check.requests.some(({ kinds }) => !kinds.includes('unknown'))
    ? say(
        'not-checkable',
        `${definition.name} is asked at different addresses for live and for test keys.`,
        'Say of this key whether it is live or test, then check again.',
      )
    : say(
        'not-checkable',
        `Keyturn knows no question to ${definition.name} for a key of this form.`,
        'Try it in the portal.',
      );

/** The request to begin with. */
export const chooseRequest = (
  { definition, unattended }: Question,
  check: AskableCheck,
  prepared: Prepared,
): OrSaid<CheckRequest> => {
  const request = check.requests.find((each) => fits(each, definition, prepared));
  if (request === undefined) return noRequest(definition, check, prepared);
  return maySpend(request, unattended) ? { ok: true, value: request } : costsCredits;
};

/** The request that a decision row asks next; undefined where it cannot be asked for this key. */
export const followUp = (
  { definition, unattended }: Question,
  check: AskableCheck,
  prepared: Prepared,
  id: string,
): CheckRequest | undefined => {
  const named = check.requests.filter((request) => request.id === id);
  const request = named.find((each) => fits(each, definition, prepared));
  return request !== undefined && maySpend(request, unattended) ? request : undefined;
};

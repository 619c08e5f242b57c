// What a plan says before anything happens: the promise for this key, what follows from it, who does which step. Plain sentences.
import type { RotationStepName } from '../../model/rotation.ts';
import { limitWords } from '../../keys/detail.ts';
import { personDay } from '../../keys/calendar.ts';
import { dayInWords } from '../../keys/day-words.ts';
import { leastUsedBeside, quotasOf } from '../../keys/quotas.ts';
import type { Book } from '../../keys/book.ts';
import { stepsOf } from '../steps.ts';
import type { Choice } from './choose.ts';

const nameOf = ({ definition }: Choice): string => definition?.name ?? 'The provider';

/**
 * Whether old and new work side by side.
 * @param listIsFull whether the provider's own list shows no place for a second one
 */
export const overlaps = (book: Book, choice: Choice, listIsFull = false): boolean => {
  const { shape, order, definition } = choice;
  if (listIsFull || order === 'revoke-first' || shape === 'swap' || shape === 'chain') return false;
  if (shape !== 'guided') return true;
  return (definition?.rotation.overlap ?? true) && !isFull(book, choice);
};

/** As far as the keys of this vault tell. */
const isFull = (book: Book, { held }: Choice): boolean =>
  quotasOf(book, held).some(({ used, max }) => used >= max);

/** The promise for this key, in a sentence. */
export const promiseOf = (book: Book, choice: Choice, listIsFull = false): string => {
  if (choice.order === 'revoke-first')
    return 'The old key is revoked first: until the new one is there, nothing works with this key.';
  if (choice.shape === 'swap' || choice.shape === 'chain')
    return `${nameOf(choice)} replaces the key in place: the old value ends with the call that makes the new one, which is kept in the vault before anything else.`;
  if (listIsFull)
    return 'All places at the provider are taken: old and new cannot live side by side until one that nobody uses is removed there.';
  return overlaps(book, choice)
    ? 'Old and new work side by side: the old key is revoked only after the new one was seen to work.'
    : 'There is no place for a second key beside this one, so there may be a time without a valid key.';
};

const swapWords = (choice: Choice): readonly string[] => {
  if (choice.shape !== 'swap' && choice.shape !== 'chain') return [];
  const isChosen = Object.values(choice.way?.make?.gives ?? {}).some((gift) => 'chosen' in gift);
  return [
    'Whoever uses the old value is refused from that moment on.',
    isChosen
      ? 'The new value is made here and kept before anything is sent: a lost answer loses nothing.'
      : `If the answer with the new value never comes, the only copy is lost. The way back then: ${choice.way?.wayBack ?? 'make a new key in the portal and put its value in here.'}`,
    ...(choice.way?.reuseKills === true
      ? ['The call is made once and never again: to use the old token again would end its successor.']
      : []),
  ];
};

const expiryWords = (choice: Choice): readonly string[] => {
  const { held, definition, expiresOn } = choice;
  const before = held.body.expiresOn;
  if (before !== null && expiresOn === before)
    return [
      `The new key ends on the same day as the old one, ${dayInWords(before)}: turning it prolongs nothing.`,
      ...(definition?.expiry.rule === 'fixed-at-creation' ? [definition.expiry.prolong] : []),
    ];
  if (expiresOn !== null) return [`The new key is asked for until ${dayInWords(expiresOn)}.`];
  return before === null ? [] : ['The new key has no end that is known.'];
};

/** The provider shows no list here: what is proposed is what this vault has not seen used. */
const proposed = (book: Book, { held }: Choice): string => {
  const other = leastUsedBeside(book, held);
  if (other === undefined) return '';
  const usedAtMs = book.logs.get(other.id)?.body.usedAtMs ?? null;
  const used =
    usedAtMs === null ? 'never used from here' : `last used from here on ${dayInWords(personDay(usedAtMs))}`;
  return ` As far as this vault knows ${other.body.name} is missed the least: nobody was handed it, and it was ${used}.`;
};

const quotaWords = (book: Book, choice: Choice): readonly string[] =>
  choice.shape === 'guided' && choice.order !== 'revoke-first' && isFull(book, choice)
    ? [
        `${(choice.definition?.limits ?? []).map(limitWords).join(' ')} This vault knows that many already: remove one that nobody uses first, or the old and the new one cannot live side by side.${proposed(book, choice)}`,
      ]
    : [];

const graceWords = ({ graceMs, shape, order }: Choice): readonly string[] => {
  if (shape === 'swap' || shape === 'chain' || order === 'revoke-first') return [];
  return graceMs === 0
    ? [
        'The old key is revoked as soon as the new one works and every task is done. Whoever still holds it is refused then.',
      ]
    : [];
};

const keepsWords = ({ held, shape }: Choice): readonly string[] => {
  const { roles, ipAllowlist, organisation } = held.body;
  if (shape !== 'guided') return [];
  return [
    ...(organisation === '' ? [] : [`Make it in the same organisation: ${organisation}.`]),
    ...(roles.length === 0 ? [] : [`Give it the same roles: ${roles.join(', ')}.`]),
    ...(ipAllowlist.length === 0 ? [] : [`Give it the same IP allowlist: ${ipAllowlist.join(', ')}.`]),
  ];
};

/** What happens, what stops working, what stays: a sentence each. */
export const consequencesOf = (book: Book, choice: Choice): string[] => {
  const { held, way, turn } = choice;
  const consumers = held.body.consumers.length;
  return [
    ...swapWords(choice),
    ...quotaWords(book, choice),
    ...graceWords(choice),
    ...expiryWords(choice),
    ...keepsWords(choice),
    ...(consumers === 0
      ? []
      : [
          `${String(consumers)} ${consumers === 1 ? 'party was' : 'parties were'} handed this key and must be given the new one.`,
        ]),
    ...(way?.revokeMeans === 'disabled'
      ? ['The old key is switched off and stays listed at the provider.']
      : []),
    ...(way?.afterwards === undefined ? [] : [way.afterwards]),
    ...(turn?.assistance?.classes.includes(held.body.class) === true ? [turn.assistance.text] : []),
  ];
};

type Who = 'keyturn' | 'you' | 'provider';
export type PlannedStep = { readonly step: RotationStepName; readonly who: Who; readonly text: string };

const ownTexts: Readonly<Record<RotationStepName, string>> = {
  plan: 'Read the provider: permission, free places, what the new key must have in common with the old one',
  create: 'Make the new key',
  keep: 'Seal the new value into the vault before anything else',
  test: 'Ask the provider with the new key',
  deliver: 'Put the new value into the env files that Keyturn wrote',
  promote: 'Make the new key the current one',
  grace: 'Let both live as long as asked',
  revoke: 'Revoke the old key, after the new one was asked once more',
  prove: 'Ask with the old key until it is refused',
  done: 'Say what came of it',
};

const guideText = ({ definition }: Choice, id: 'create' | 'revoke'): string | undefined =>
  definition?.rotation.steps.find((step) => step.id === id)?.text;

/** Whether a person ends the old key in the portal. */
export const isRevokedByHand = ({ way }: Choice): boolean => way?.revoke === undefined;

const toStep = (choice: Choice, step: RotationStepName): PlannedStep => {
  const isHanded = choice.shape === 'guided';
  if (step === 'create' && isHanded) {
    const assisted = choice.turn?.assistance?.classes.includes(choice.held.body.class) === true;
    const text = guideText(choice, 'create') ?? 'Make the new key in the portal, then put its value in here';
    return { step, who: assisted ? 'provider' : 'you', text };
  }
  if (step === 'revoke' && isHanded && isRevokedByHand(choice))
    return { step, who: 'you', text: guideText(choice, 'revoke') ?? 'Revoke the old key in the portal' };
  return { step, who: 'keyturn', text: ownTexts[step] };
};

/** Every step that the turn takes, in order. */
export const plannedSteps = (choice: Choice): PlannedStep[] =>
  stepsOf(choice.shape, choice.order)
    .filter((step) => step !== 'grace' || choice.graceMs > 0)
    .map((step) => toStep(choice, step));

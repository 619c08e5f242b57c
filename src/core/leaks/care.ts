// The one record about what is looked after: made when first needed, changed by a person.
import type { LastScan, LeakCare } from '../model/leak-care.ts';
import type { Book } from '../keys/book.ts';
import { create, note, overwrite, type Edit, type Work } from '../keys/edit.ts';

/** What is looked after, without what only the record needs. */
export type Care = Required<Omit<LeakCare, 'type' | 'markKey' | 'lastScan'>> & {
  readonly lastScan: LastScan | null;
};

/** What holds where nothing was said. */
export const leakCareOf = (book: Book): Care => {
  const held = book.leakCare();
  if (held === null) return { roots: [], watching: true, placeChoices: [], lastScan: null };
  const { roots, watching, placeChoices = [], lastScan = null } = held.body;
  return { roots, watching, placeChoices, lastScan };
};

type Said = Partial<Care>;

/**
 * What is looked after from now on.
 * @param newMarkKey 64 random hexadecimal digits, used where there is no record yet
 */
export const careForLeaks = (
  work: Pick<Work, 'book' | 'newId' | 'by'>,
  said: Said,
  newMarkKey: () => string,
): Edit<undefined> => {
  const held = work.book.leakCare();
  const before = leakCareOf(work.book);
  const lastScan = said.lastScan ?? before.lastScan;
  const body: LeakCare = {
    type: 'leak-care',
    markKey: held?.body.markKey ?? newMarkKey(),
    roots: said.roots ?? before.roots,
    watching: said.watching ?? before.watching,
    placeChoices: said.placeChoices ?? before.placeChoices,
    ...(lastScan === null ? {} : { lastScan }),
  };
  const turned =
    said.watching === undefined || said.watching === before.watching
      ? []
      : [
          note(
            'watching',
            work.by,
            said.watching ? 'Watching for pasted keys was turned on' : 'It was turned off',
          ),
        ];
  return {
    value: undefined,
    changes: [held === null ? create(work.newId(), body) : overwrite(held, body)],
    audit: turned,
  };
};

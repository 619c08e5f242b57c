// The one record about what is looked after: made when first needed, changed by a person.
import type { LeakCare, LeakRoot } from '../model/leak-care.ts';
import type { Book } from '../keys/book.ts';
import { create, note, overwrite, type Edit, type Work } from '../keys/edit.ts';

/** What holds where nothing was said. */
export const leakCareOf = (book: Book): Omit<LeakCare, 'type' | 'markKey'> => {
  const held = book.leakCare();
  return held === null ? { roots: [], watching: true } : held.body;
};

type Said = { readonly roots?: readonly LeakRoot[]; readonly watching?: boolean };

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
  const body: LeakCare = {
    type: 'leak-care',
    markKey: held?.body.markKey ?? newMarkKey(),
    roots: said.roots ?? before.roots,
    watching: said.watching ?? before.watching,
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

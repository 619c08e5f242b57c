// The shell's log: one line on stderr per event, made of fixed words and small facts. Whatever passes is redacted here, so
// that no caller has to remember to; the person's folder becomes ~ and anything as long as a key becomes [redacted].

export type LogLevel = 'error' | 'warn' | 'info';
export type Facts = Readonly<Record<string, string | number | boolean | null>>;
export type Log = (level: LogLevel, event: string, facts?: Facts) => void;

const maxText = 200;
/** As long as the shortest key of the catalogue, and no word of ours is longer without a space or a dot. */
const keyLike = /[A-Za-z0-9_+/=:-]{20,}/g;

/** Takes out of a text what may be a secret or tell where a person's files lie. */
export const redact = (text: string, personFolder: string): string => {
  const folderless = personFolder === '' ? text : text.split(personFolder).join('~');
  return folderless.replace(keyLike, '[redacted]').slice(0, maxText);
};

/**
 * Makes a log.
 * @param write takes one line with its newline
 * @param personFolder absolute home folder of the person, shown as ~
 */
export const createLog =
  (write: (line: string) => void, personFolder: string): Log =>
  (level, event, facts = {}) => {
    const words = Object.entries(facts).map(([name, value]) => {
      const text = typeof value === 'string' ? JSON.stringify(redact(value, personFolder)) : String(value);
      return `${name}=${text}`;
    });
    write(`keyturn ${level}: ${[event, ...words].join(' ')}\n`);
  };

// Tells a stand-in such as `your_secret`, `<token>` or `xxxx` from a value. Examples in documentation are full of them,
// and warning about one would teach people to look away.

const wholeWords = new Set([
  'changeme',
  'change_me',
  'change-me',
  'changeit',
  'replaceme',
  'replace_me',
  'replace-me',
  'todo',
  'tbd',
  'fixme',
  'none',
  'null',
  'undefined',
  'secret',
  'password',
  'token',
  'example',
  'placeholder',
  'dummy',
  'redacted',
  'hidden',
  'masked',
  'insert_key_here',
  'foo',
  'bar',
  'foobar',
]);

const beginsLike =
  /^(?:your|my|the|insert|enter|paste|put|add|replace|some|sample|example|dummy|fake)[ _.-]?[a-z]/i;
const sayings =
  /(?:your[_ -]?(?:api|key|secret|token|password|own|live|test)|goes[_ -]here|[_ -]here$|placeholder|change[_ -]?me|replace[_ -]?(?:me|this|with)|example[_ -]?(?:key|secret|token))/i;
const bracketed =
  /^(?:<[^<>]{0,200}>|\[[^[\]]{0,200}\]|\{\{[^{}]{0,200}\}\}|\$\{[^{}]{0,200}\}|\$\(?[A-Za-z_][\w.]{0,100}\)?|%[A-Za-z_]\w{0,100}%)$/;
const masked = /(?:…|\.{3,}|•{2,}|\*{3,}|█{2,})/;

/** True where the value hides part of itself: an ellipsis, bullets or stars. */
export const looksMasked = (value: string): boolean => masked.test(value.slice(0, 4096));

const repeatsOneCharacter = (value: string): boolean =>
  value.length >= 4 &&
  value.split('').every((character) => character.toLowerCase() === value[0]?.toLowerCase());

const worded = (value: string): boolean => /^[a-z]+(?:[_ .-][a-z]+)*$/i.test(value);

/**
 * True where a value stands for another one that has to be filled in.
 * @param value the value without its prefix, or a whole value
 */
export const isPlaceholder = (value: string): boolean => {
  const text = value.trim().slice(0, 512);
  if (text === '') return true;
  if (wholeWords.has(text.toLowerCase()) || bracketed.test(text)) return true;
  if (/^[x*•._-]{3,}$/i.test(text) || repeatsOneCharacter(text)) return true;
  if (sayings.test(text)) return true;
  return worded(text) && beginsLike.test(text) && /[_ .-]/.test(text);
};

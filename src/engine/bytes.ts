// What a byte can be in a text that holds a cut value. One table for the kernel's collectors; core/leaks/joins.ts reads text by the
// same rules, so that a hit at a join is one that the walk can follow.

/** Part of a value, as far as windows reach: letters, digits and _ - + / = . ~ : @ */
export const isToken: u8 = 1;
/** Space, tab, carriage return. */
export const isSpace: u8 = 2;
export const isNewline: u8 = 4;
/** " ' ` */
export const isQuote: u8 = 8;
/** What may stand between two literals: + . & , | ^ ~ < > * ( ) _ ; # and others that no value's clean stretch holds. */
export const isOperator: u8 = 16;
/** What may begin a line of a comment: # * ; > | % ! */
export const isLeader: u8 = 32;
export const isHexDigit: u8 = 64;

// prettier-ignore
const classes = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 0, 0, 2, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  //  !  "   #  $  %   &  '  (   )   *   +   ,   -  .   /
  2, 32, 8, 32, 0, 32, 16, 8, 16, 16, 48, 17, 16, 1, 17, 1,
  // 0-9                                       :  ;   <   =  >   ?
  65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 1, 32, 16, 1, 48, 0,
  // @ A-O
  1, 65, 65, 65, 65, 65, 65, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  // P-Z                            [  \  ]  ^   _
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 16, 1,
  8, 65, 65, 65, 65, 65, 65, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  // p-z                            {  |   }  ~
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 48, 0, 17, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);

// @ts-ignore: decorator of AssemblyScript
@inline
export function classAt(at: usize): u8 {
  return load<u8>(classes + <usize>load<u8>(at));
}

// @ts-ignore: decorator of AssemblyScript
@inline
export function classOf(byte: u8): u8 {
  return load<u8>(classes + <usize>byte);
}

// @ts-ignore: decorator of AssemblyScript
@inline
export function hexValue(byte: u8): u32 {
  return byte <= 0x39 ? <u32>byte - 0x30 : (<u32>byte | 0x20) - 0x57;
}

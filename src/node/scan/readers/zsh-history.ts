// Zsh writes its history "metafied": a byte that means something to it stands as 0x83 and the byte with its sixth bit turned.
// Source: zsh's Src/utils.c, metafy() and unmetafy().
import type { ByteStream } from './input.ts';

const meta = 0x83;

export const isMetafied = (bytes: Uint8Array): boolean => bytes.includes(meta);

/** The bytes as they were typed. */
export const unmetafied = (stream: ByteStream): ByteStream => {
  let isEscaped = false;
  return {
    read: (into) => {
      for (;;) {
        const length = stream.read(into);
        if (length === 0) return 0;
        let to = 0;
        for (let at = 0; at < length; at += 1) {
          const byte = into[at] ?? 0;
          if (isEscaped) {
            into[to] = byte ^ 0x20;
            to += 1;
            isEscaped = false;
          } else if (byte === meta) isEscaped = true;
          else {
            into[to] = byte;
            to += 1;
          }
        }
        if (to > 0) return to;
      }
    },
  };
};

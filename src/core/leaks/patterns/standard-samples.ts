// Samples that standards and their countless copies publish, by fingerprint: nobody's secrets, whatever name stands before them.
// Sources: RFC 6749, RFC 7009 and RFC 5849 (examples of OAuth), jwt.io's first page.

/** As `publicFingerprint` gives them. */
export const standardSamples: ReadonlySet<string> = new Set([
  // RFC 6749: access token, refresh token, code, `Basic` of the client, its secret.
  '846b2a1e2fad7fcb',
  'ecc1a4474851bc28',
  '30aa8188bb023e35',
  'dc8d8ca0645472e9',
  'd9ad86ad3724159b',
  // RFC 5849: tokens and their secrets.
  '105e4dd763a812bc',
  'd7ba480fb3bb167e',
  '0ab50e412ab981a4',
  '3c0d8e9db0e6bea8',
  // jwt.io.
  '15f87945422cbea3',
]);

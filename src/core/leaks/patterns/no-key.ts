// What is of a key's form and no key: stand-ins, samples of documentation, values with a part hidden. Warning about them would teach
// people to look away.
import { publicFingerprint } from '../../providers/fingerprint.ts';
import { isPlaceholder, looksMasked } from '../../providers/placeholder.ts';
import type { ProviderDefinition } from '../../providers/provider.ts';
import { isRandom } from './randomness.ts';
import { standardSamples } from './standard-samples.ts';

/** Words that an author of examples puts into a value; so long that chance does not. */
const spoken =
  /example|sample[_-]|dummy|placehold|redacted|not[_-]?a?[_-]?real|not[_-]?valid|invalid|fake[_-]?(?:key|token|secret)|change[_-]?me|your[_-]|xxxxx|insert|replace[_-]|secret[_-]?(?:key|here|token)|(?:api|test|my)[_-]?(?:key|token|secret)/i;

/** True for what its author wrote instead of a value. */
export const isStandIn = (value: string): boolean =>
  isPlaceholder(value) || looksMasked(value) || spoken.test(value);

/** Shorter ones say nothing of their making. */
const leastJudged = 8;

/** True for a value, without its fixed beginning, that nobody drew at random. */
export const isMadeUp = (body: string): boolean =>
  isStandIn(body) || (body.length >= leastJudged && !isRandom(body));

/** Published samples are short; a long value is none. */
const maxFingerprinted = 1024;

/** True for a value that the provider's own documentation publishes, or a standard's. */
export const isPublished = (provider: ProviderDefinition | undefined, value: string): boolean => {
  if (value.length > maxFingerprinted) return false;
  const fingerprint = publicFingerprint(value);
  return standardSamples.has(fingerprint) || provider?.publishedSamples.includes(fingerprint) === true;
};

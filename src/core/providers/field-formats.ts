// Which fields a key has at all: a Bedrock key of AWS has no access key id, an Auth Token of Twilio no key id.
import { fitsFormat } from './pattern.ts';
import type { FieldDefinition, ProviderDefinition } from './provider.ts';

/**
 * True where a key whose values are of these formats has the field.
 * @param formats ids of the formats that values of the key fit; where there are none, every field may be meant
 */
export const hasField = (field: FieldDefinition, formats: ReadonlySet<string>): boolean =>
  field.formats === undefined || formats.size === 0 || field.formats.some((id) => formats.has(id));

/** Ids of the formats that the values of a key fit, each in the field that it is for. */
export const formatsOfValues = (
  provider: ProviderDefinition,
  values: ReadonlyMap<string, string>,
): ReadonlySet<string> =>
  new Set(
    provider.formats
      .filter((format) => {
        const value = values.get(format.field);
        return value !== undefined && value !== '' && fitsFormat(format, value);
      })
      .map((format) => format.id),
  );

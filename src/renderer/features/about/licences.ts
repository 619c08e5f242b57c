// The licences as they stand in the app's own list. The list comes as text through one fact; a text that is none gives none.

export type Licence = {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
};

const fieldNames = ['name', 'version', 'licence', 'text'] as const;

const isLicence = (value: unknown): value is Licence =>
  typeof value === 'object' &&
  value !== null &&
  fieldNames.every((field) => typeof (value as Readonly<Record<string, unknown>>)[field] === 'string');

/** The entries of the list, or none where there is no list. */
export const readLicences = (text: string | null): readonly Licence[] => {
  try {
    const list: unknown = JSON.parse(text ?? '');
    return Array.isArray(list) ? list.filter(isLicence) : [];
  } catch {
    return [];
  }
};

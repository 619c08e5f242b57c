// Values on their way between a page and the test: as JSON, with byte arrays and `undefined` marked, since Electron's
// structured clone keeps both.
const marked = (value: object, mark: string): value is Record<string, unknown> =>
  Object.keys(value).length === 1 && mark in value;

export const toPage = (value: unknown): unknown => {
  if (value === undefined) return { $undefined: true };
  if (value instanceof Uint8Array) return { $bytes: [...value] };
  if (Array.isArray(value)) return value.map(toPage);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toPage(each)]));
};

export const fromPage = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(fromPage);
  if (typeof value !== 'object' || value === null) return value;
  if (marked(value, '$undefined')) return undefined;
  if (marked(value, '$bytes')) return Uint8Array.from(value['$bytes'] as number[]);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fromPage(each)]));
};

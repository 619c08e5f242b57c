// The columns of docs/vault-format-v1.md §8.1 read from the page alone, for the independent reader: one value after the other, strictly.

const must: (condition: boolean, what: string) => asserts condition = (condition, what) => {
  if (!condition) throw new Error(`not as the format page says: ${what}`);
};

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** §8.1, value by value. */
export const columnByThePage = (column: Json, count: number): readonly Json[] => {
  must(Array.isArray(column), 'a column');
  const [kind, first, second] = column as readonly Json[];
  const list = (value: Json | undefined): readonly Json[] => {
    must(Array.isArray(value), `a list in a column of ${JSON.stringify(kind)}`);
    return value as readonly Json[];
  };
  const at = (values: readonly Json[], index: Json): Json => {
    const value = values[Number(index)];
    must(value !== undefined, `an index in a column of ${JSON.stringify(kind)}`);
    return value;
  };
  const whole = (values: readonly Json[]): readonly Json[] => {
    must(values.length === count, `length of a column of ${JSON.stringify(kind)}`);
    return values;
  };
  if (kind === 'same') return Array.from({ length: count }, () => at([first as Json], 0));
  if (kind === 'each') return whole(list(first));
  if (kind === 'some') return whole(list(second)).map((index) => at(list(first), index));
  if (kind === 'objects') {
    const columns = list(second).map((member) => columnByThePage(member, count));
    const names = list(first).map(String);
    must(columns.length === names.length && !names.includes('__proto__'), 'members of a column');
    const member = (row: number, place: number): readonly [string, Json] => [
      names[place] as string,
      at(columns[place] as readonly Json[], row),
    ];
    return Array.from({ length: count }, (_, row) =>
      Object.fromEntries(names.map((_name, place) => member(row, place))),
    );
  }
  if (kind === 'lists') {
    const lengths = columnByThePage(first as Json, count).map(Number);
    const items = columnByThePage(
      second as Json,
      lengths.reduce((sum, length) => sum + length, 0),
    );
    let from = 0;
    return lengths.map((length) => items.slice(from, (from += length)));
  }
  must(kind === 'forms', 'a kind of column');
  const places = whole(list(first));
  const queues = list(second).map((each, index) => [
    ...columnByThePage(each, places.filter((place) => place === index).length),
  ]);
  return places.map((place) => at([queues[Number(place)]?.shift() as Json], 0));
};

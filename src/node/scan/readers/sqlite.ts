// Text and blobs of a SQLite database, table by table and column by column, and what was deleted but still stands in the file.
// Chats, editors' states and histories lie in such files. Never opened with SQLite: see sqlite-pages.ts.
import { neutraliseText } from '../../../core/leaks/neutralise.ts';
import { isZero, Unreadable, type Extent } from './input.ts';
import { guarded, innerKind, within, type Reading, type Where } from './reading.ts';
import { roomsOf } from './rooms.ts';
import { openPages, readTree, varintAt, type Pages, type TreeReader } from './sqlite-pages.ts';

type Table = {
  readonly name: string;
  readonly root: number;
  readonly columns: readonly string[];
  readonly isIndex: boolean;
};

/** Cells of one column are gathered in so many bytes and given as one piece; larger ones alone. */
const gatherBytes = 32_768;
const gatherRooms = roomsOf(gatherBytes);
/** Columns that are gathered at a time; a table with more gives what there is first. */
const mostGathered = 64;
const mostTables = 10_000;
const maxSqlBytes = 2 ** 20;

/** Bytes of a value by its serial type (2.1 "Record Format"). */
const numberBytes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0];
const sizeOf = (type: number): number => (type < 12 ? (numberBytes[type] ?? 0) : Math.floor((type - 12) / 2));

/** Each value of a record that is text or a blob. */
const eachText = (payload: Uint8Array, give: (column: number, bytes: Uint8Array) => void): void => {
  const header = varintAt(payload, 0);
  let at = header.next;
  let from = header.value;
  for (let column = 0; at < header.value && at < payload.length; column += 1) {
    const type = varintAt(payload, at);
    at = type.next;
    const size = sizeOf(type.value);
    if (type.value >= 12 && size > 0) give(column, payload.subarray(from, from + size));
    from += size;
  }
};

/** Not columns but constraints of a table, at the beginning of a part of its definition. */
const constraintWords: ReadonlySet<string> = new Set(['constraint', 'primary', 'unique', 'check', 'foreign']);

/** Names of a table's columns out of its definition; as far as it can be understood, since they are only for people. */
const columnsOf = (sql: string): readonly string[] => {
  const open = sql.indexOf('(');
  if (open < 0 || /without\s+rowid/i.test(sql.slice(-200))) return [];
  const names: string[] = [];
  let depth = 0;
  let begin = open + 1;
  for (let at = open; at < sql.length; at += 1) {
    const character = sql[at] ?? '';
    if ('\'"`['.includes(character)) {
      const end = sql.indexOf(character === '[' ? ']' : character, at + 1);
      if (end < 0) break;
      at = end;
    } else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if ((character === ',' && depth === 1) || (character === ')' && depth === 0)) {
      const name = /^\s*(?:"([^"]*)"|`([^`]*)`|\[([^\]]*)\]|'([^']*)'|([^\s,()]+))/.exec(
        sql.slice(begin, at),
      );
      const bare = name?.[5];
      if (bare === undefined || !constraintWords.has(bare.toLowerCase()))
        names.push(name?.slice(1).find((part) => part !== undefined) ?? '');
      begin = at + 1;
      if (depth === 0) break;
    }
  }
  return names;
};

const textOf = (bytes: Uint8Array, encoding: number): string => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, maxSqlBytes));
  if (encoding === 2) return buffer.toString('utf16le');
  if (encoding === 3)
    return Buffer.from(buffer)
      .subarray(0, buffer.length & ~1)
      .swap16()
      .toString('utf16le');
  return buffer.toString('utf8');
};

/** The number that a record's fourth column holds: a root page. */
const integerAt = (payload: Uint8Array, wanted: number): number => {
  const header = varintAt(payload, 0);
  let at = header.next;
  let from = header.value;
  for (let column = 0; at < header.value; column += 1) {
    const type = varintAt(payload, at);
    at = type.next;
    const size = sizeOf(type.value);
    if (column === wanted) {
      if (type.value === 9) return 1;
      let value = 0;
      for (const byte of payload.subarray(from, from + (type.value < 5 ? size : 0)))
        value = value * 256 + byte;
      return value;
    }
    from += size;
  }
  return 0;
};

const readSchema = (pages: Pages, encoding: number, gather: TreeReader): readonly Table[] => {
  const tables: Table[] = [];
  readTree(pages, 1, {
    ...gather,
    record: (payload) => {
      gather.record(payload);
      const texts = new Map<number, string>();
      eachText(payload, (column, bytes) => texts.set(column, textOf(bytes, encoding)));
      const root = integerAt(payload, 3);
      const type = texts.get(0);
      if (root < 2 || tables.length >= mostTables || (type !== 'table' && type !== 'index')) return;
      const name = neutraliseText(texts.get(1) ?? '').slice(0, 200);
      const columns = type === 'table' ? columnsOf(texts.get(4) ?? '') : [];
      tables.push({ name, root, columns, isIndex: type === 'index' });
    },
  });
  return tables;
};

type Gathered = { readonly bytes: Uint8Array; length: number };

/** Gathers the cells of one table's columns into pieces. A line break stands between two cells. */
const gatherer = (reading: Reading, where: Where, table: string, columns: readonly string[]) => {
  const { sink, budget } = reading;
  const parts = new Map<string, Gathered>();
  const label = (
    column: string,
  ): { path: string; inside: string; kind: Where['kind']; commit: null; hasLines: boolean } => ({
    kind: where.kind,
    path: where.path,
    inside: within(where, `${table}.${column}`).inside,
    commit: null,
    hasLines: false,
  });
  const givePiece = (column: string, bytes: Uint8Array): void => {
    sink.begin(label(column));
    try {
      sink.write(bytes);
    } finally {
      sink.end();
    }
  };
  const flush = (): void => {
    for (const [column, part] of parts)
      if (part.length > 0) givePiece(column, part.bytes.subarray(0, part.length));
    for (const { bytes } of parts.values()) gatherRooms.giveBack(bytes);
    parts.clear();
  };
  const add = (column: string, bytes: Uint8Array): void => {
    budget.spend(bytes.length);
    if (bytes.length >= gatherBytes) {
      givePiece(column, bytes);
      return;
    }
    let part = parts.get(column);
    if (part !== undefined && part.length + bytes.length >= gatherBytes) {
      givePiece(column, part.bytes.subarray(0, part.length));
      part.length = 0;
    }
    if (part === undefined) {
      if (parts.size >= mostGathered) flush();
      part = { bytes: gatherRooms.take(), length: 0 };
      parts.set(column, part);
    }
    part.bytes.set(bytes, part.length);
    part.bytes[part.length + bytes.length] = 0x0a;
    part.length += bytes.length + 1;
  };
  const nameOf = (column: number): string =>
    neutraliseText(columns[column] ?? String(column + 1)).slice(0, 200);
  const reader: TreeReader = {
    record: (payload) => {
      eachText(payload, (column, bytes) => {
        add(nameOf(column), bytes);
      });
    },
    unused: (bytes) => {
      if (!isZero(bytes)) add('(deleted)', bytes);
    },
    mayHold: (bytes) => bytes <= budget.limits.heldBytes,
  };
  return { reader, add, flush };
};

/** Pages that belong to no table: what was dropped stands there until it is written over. */
const readFreePages = (reading: Reading, pages: Pages, where: Where): void => {
  const free = gatherer(reading, where, '(free pages)', []);
  try {
    for (let number = 2; number <= pages.count; number += 1) {
      if (pages.isVisited(number)) continue;
      const page = pages.visit(number);
      if (page !== null) free.reader.unused(page);
    }
  } finally {
    free.flush();
  }
};

const readTables = (reading: Reading, pages: Pages, tables: readonly Table[], where: Where): void => {
  for (const table of tables) {
    reading.budget.member();
    guarded(reading, within(where, table.name), () => {
      const gather = gatherer(reading, where, table.name, table.columns);
      try {
        readTree(pages, table.root, table.isIndex ? null : gather.reader);
      } finally {
        gather.flush();
      }
    });
  }
};

const schemaColumns = ['type', 'name', 'tbl_name', 'rootpage', 'sql'];

/** Reads a database. @param log its write-ahead log, where there is one */
export const readSqlite = (
  reading: Reading,
  database: Extent,
  where: Where,
  log: Extent | null = null,
): void => {
  const header = new Uint8Array(60);
  database.readAt(0, header);
  const encoding = header[59] ?? 1;
  const pages = openPages(database, log);
  const place: Where = { ...where, kind: innerKind(where.kind, 'database') };
  const schema = gatherer(reading, place, 'sqlite_schema', schemaColumns);
  try {
    const tables = readSchema(pages, encoding, schema.reader);
    readTables(reading, pages, tables, place);
    if (tables.length >= mostTables) throw new Unreadable('too-many');
    readFreePages(reading, pages, place);
  } finally {
    schema.flush();
    pages.wipe();
  }
};

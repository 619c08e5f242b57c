// A strict reader of RFC 5545 for tests, written from the grammar of the RFC and not from what writes: content lines (§3.1), components that
// nest (§3.6), the properties that VEVENT and VALARM must and may have. It throws at the first thing that the RFC does not allow.
export type Property = {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly value: string;
};
export type Component = {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly components: readonly Component[];
};

const fail = (why: string): never => {
  throw new Error(`not RFC 5545: ${why}`);
};

const lineForm =
  /^(?<name>[A-Za-z0-9-]+)(?<parameters>(;[A-Za-z0-9-]+=([^\u0000-\u001f";:,\u007f]*|"[^\u0000-\u001f"\u007f]*"))*):(?<value>[^\u0000-\u0008\u000a-\u001f\u007f]*)$/u;

const readLines = (text: string): readonly string[] => {
  if (!text.endsWith('\r\n')) fail('the last line has no end');
  const physical = text.slice(0, -2).split('\r\n');
  for (const line of physical) {
    if (/[\r\n]/.test(line)) fail('a line end that is not CR LF');
    if (new TextEncoder().encode(line).length > 75) fail(`a line of more than 75 octets: ${line}`);
    if (line === '') fail('an empty line');
  }
  const lines: string[] = [];
  for (const line of physical) {
    const last = lines.length - 1;
    if (!/^[ \t]/.test(line)) lines.push(line);
    else if (last < 0) fail('a fold before the first line');
    else lines[last] = `${lines[last] ?? ''}${line.slice(1)}`;
  }
  return lines;
};

const readLine = (line: string): Property => {
  const groups = lineForm.exec(line)?.groups;
  if (groups === undefined) return fail(`no content line: ${line}`);
  const parameters = Object.fromEntries(
    (groups['parameters'] ?? '')
      .split(';')
      .slice(1)
      .map((each) => each.split('=') as [string, string]),
  );
  return { name: (groups['name'] ?? '').toUpperCase(), parameters, value: groups['value'] ?? '' };
};

/** The text of a TEXT value; throws on an escape that there is not. */
export const textOf = (value: string): string => {
  if (/(?<!\\)(\\\\)*[;,]/.test(value)) fail(`an unescaped character in ${value}`);
  return value.replaceAll(/\\(.?)/gsu, (_whole, character: string) => {
    if (character === 'n' || character === 'N') return '\n';
    return ['\\', ';', ','].includes(character) ? character : fail(`the escape \\${character}`);
  });
};

type Rules = {
  readonly once: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
};
const rules: Readonly<Record<string, Rules>> = {
  VCALENDAR: {
    once: ['PRODID', 'VERSION'],
    optional: ['CALSCALE', 'METHOD', 'X-WR-CALNAME'],
    children: ['VEVENT', 'VTIMEZONE'],
  },
  VEVENT: {
    once: ['UID', 'DTSTAMP', 'DTSTART'],
    optional: ['DTEND', 'SUMMARY', 'TRANSP', 'CLASS', 'LAST-MODIFIED', 'SEQUENCE', 'DESCRIPTION'],
    children: ['VALARM'],
  },
  VALARM: { once: ['ACTION', 'TRIGGER', 'DESCRIPTION'], optional: [], children: [] },
  VTIMEZONE: { once: ['TZID'], optional: [], children: ['STANDARD', 'DAYLIGHT'] },
  STANDARD: { once: ['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO'], optional: [], children: [] },
};

const values: Readonly<Record<string, RegExp>> = {
  VERSION: /^2\.0$/,
  CALSCALE: /^GREGORIAN$/,
  DTSTAMP: /^\d{8}T\d{6}Z$/,
  'LAST-MODIFIED': /^\d{8}T\d{6}Z$/,
  SEQUENCE: /^\d+$/,
  ACTION: /^DISPLAY$/,
  TRIGGER: /^[+-]?P(\d+D(T\d+H)?|T\d+[HMS]|\d+W)$/,
  TRANSP: /^(TRANSPARENT|OPAQUE)$/,
  CLASS: /^(PUBLIC|PRIVATE|CONFIDENTIAL)$/,
};

const isRealDay = (value: string): boolean => {
  const text = value.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  return !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().slice(0, 10) === text;
};

const check = ({ name, properties, components }: Component): void => {
  const rule = rules[name] ?? fail(`the component ${name}`);
  const names = properties.map((each) => each.name);
  for (const each of rule.once)
    if (names.filter((other) => other === each).length !== 1) fail(`${name} without one ${each}`);
  for (const each of names) {
    if (![...rule.once, ...rule.optional].includes(each)) fail(`${each} in ${name}`);
    if (names.filter((other) => other === each).length > 1) fail(`${each} twice in ${name}`);
  }
  for (const { name: each, value, parameters } of properties) {
    if (values[each]?.test(value) === false) fail(`${each}:${value}`);
    if (parameters['VALUE'] === 'DATE' && !isRealDay(value)) fail(`${each}:${value} is no day`);
    if (['SUMMARY', 'DESCRIPTION', 'X-WR-CALNAME'].includes(each)) textOf(value);
  }
  if (['VCALENDAR', 'VTIMEZONE'].includes(name) && components.length === 0) fail(`an empty ${name}`);
  for (const child of components) if (!rule.children.includes(child.name)) fail(`${child.name} in ${name}`);
};

/** The one VCALENDAR of a stream. */
export const readCalendar = (text: string): Component => {
  type Open = { name: string; properties: Property[]; components: Component[] };
  const root: Open = { name: '', properties: [], components: [] };
  const open: Open[] = [root];
  for (const line of readLines(text)) {
    const property = readLine(line);
    const top = open.at(-1) ?? root;
    if (property.name === 'BEGIN') open.push({ name: property.value, properties: [], components: [] });
    else if (property.name === 'END') {
      if (top.name !== property.value || open.length < 2) fail(`END:${property.value}`);
      open.pop();
      check(top);
      (open.at(-1) ?? root).components.push(top);
    } else if (top === root) fail('a property outside a component');
    else top.properties.push(property);
  }
  const [calendar] = root.components;
  if (open.length !== 1 || root.components.length !== 1 || calendar?.name !== 'VCALENDAR')
    return fail('no single VCALENDAR');
  return calendar;
};

/** The value of a property that there is. */
export const valueOf = ({ name, properties }: Component, wanted: string): string =>
  properties.find((each) => each.name === wanted)?.value ?? fail(`${name} has no ${wanted}`);

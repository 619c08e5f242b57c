// The places in which people paste a key: the same value in the syntax of many kinds of file. What a leak check must see through.

export type Syntax = {
  readonly name: string;
  /** The text with the value inside. `variable` is the name of an environment variable. */
  readonly write: (value: string, variable: string) => string;
};

const camel = (variable: string): string =>
  variable.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const quoted = JSON.stringify;

export const syntaxes: readonly Syntax[] = [
  { name: 'the value alone', write: (value) => value },
  { name: 'an environment file', write: (value, variable) => `PORT=3000\n${variable}=${value}\nDEBUG=0\n` },
  { name: 'a quoted environment file', write: (value, variable) => `${variable}="${value}"\n` },
  { name: 'shell', write: (value, variable) => `#!/bin/sh\nexport ${variable}='${value}' && run --fast\n` },
  { name: 'PowerShell', write: (value, variable) => `$env:${variable} = "${value}"\r\n` },
  {
    name: 'JSON',
    write: (value, variable) => `{"a": 1, "${camel(variable)}": ${quoted(value)}, "b": [true]}`,
  },
  {
    name: 'JSON within JSON',
    write: (value, variable) => quoted({ content: `{"${variable}": "${value}"}\nrun` }),
  },
  {
    name: 'a line of a transcript',
    write: (value, variable) => quoted({ type: 'user', text: `set this:\n${variable}=${value}\nthanks` }),
  },
  { name: 'YAML', write: (value, variable) => `env:\n  ${variable}: ${value}\n  OTHER: 1\n` },
  { name: 'TOML', write: (value, variable) => `[keys]\n${variable.toLowerCase()} = "${value}" # mine\n` },
  { name: 'an INI file', write: (value, variable) => `[default]\r\n${variable.toLowerCase()}=${value}\r\n` },
  { name: 'TypeScript', write: (value, variable) => `const ${camel(variable)}: string = '${value}';\n` },
  {
    name: 'a call in JavaScript',
    write: (value) => `const client = new Client("${value}", { retries: 2 });\n`,
  },
  { name: 'Python', write: (value, variable) => `os.environ["${variable}"] = "${value}"\n` },
  { name: 'Ruby', write: (value, variable) => `config.${variable.toLowerCase()} = '${value}'\n` },
  { name: 'Go', write: (value, variable) => `\t${camel(variable)} := \`${value}\`\n` },
  { name: 'XML', write: (value, variable) => `<add><${variable}>${value}</${variable}></add>` },
  { name: 'a command line', write: (value) => `$ tool login --token ${value} --yes\n` },
  { name: 'a header', write: (value) => `GET / HTTP/1.1\r\nAuthorization: Bearer ${value}\r\nHost: x\r\n` },
  { name: 'curl', write: (value) => `curl -H "X-Api-Key: ${value}" https://api.example.net/v1/items\n` },
  { name: 'a query', write: (value) => `https://api.example.net/v1?token=${value}&page=2` },
  {
    name: 'a query, encoded',
    write: (value) => `redirect=https%3A%2F%2Fx.net%2F%3Ftoken%3D${value}%26page%3D2`,
  },
  {
    name: 'user information of an address',
    write: (value) => `git clone https://oauth2:${value}@git.example.net/a.git`,
  },
  { name: 'Markdown', write: (value) => `1. Use \`${value}\` for now,\n2. then **ask**.\n` },
  { name: 'a table', write: (value) => `| name | key |\n| ---- | --- |\n| prod | ${value} |\n` },
  { name: 'CSV', write: (value) => `id,key,active\n7,${value},yes\n` },
  {
    name: 'a log with colours',
    write: (value) => `\x1b[2m12:00\x1b[0m INFO key=\x1b[36m${value}\x1b[39m ok\n`,
  },
  { name: 'a sentence', write: (value) => `The key is ${value}, please keep it.\n` },
  { name: 'minified code', write: (value) => `a=1;b={k:"${value}",f(){return 2}};c(b)` },
  { name: 'a Dockerfile', write: (value, variable) => `FROM node\nENV ${variable} ${value}\nRUN x\n` },
];

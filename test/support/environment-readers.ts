// The programs that read what Keyturn exports, and where a program cannot run here, its documented rules written down anew.
// Every reader takes a file's text and gives the variables that it finds.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Variables = Readonly<Record<string, string>>;

const inFolder = <T>(use: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-readers-'));
  const end = () => rmSync(folder, { recursive: true, force: true });
  try {
    const result = use(folder);
    if (result instanceof Promise) return result.finally(end) as T;
    end();
    return result;
  } catch (error) {
    end();
    throw error;
  }
};

const installOf: Readonly<Record<string, string>> = {
  fish: 'apt-get install fish  (macOS: brew install fish)',
  bash: 'apt-get install bash',
  sh: 'apt-get install dash',
  dash: 'apt-get install dash',
};

/** Whether the program is on the PATH. */
export const hasProgram = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
};

/** Has the shell source the file and start a child, and gives the child's environment. */
export const readWithShell = (shell: string, text: Uint8Array): Variables => {
  if (!hasProgram(shell)) throw new Error(`${shell} is needed for this test: ${installOf[shell] ?? shell}`);
  return inFolder((folder) => {
    const file = join(folder, 'exported');
    writeFileSync(file, text);
    const print = 'process.stdout.write(JSON.stringify(process.env))';
    // The file's and node's path travel in variables: fish and sh agree on "$NAME", and on little else.
    const output = execFileSync(
      shell,
      ['-c', '. "$EXPORTED_FILE"; exec "$NODE_PATH_HERE" -e "$PRINT_HERE"'],
      {
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'] ?? '',
          HOME: folder,
          LC_ALL: 'C.UTF-8',
          EXPORTED_FILE: file,
          NODE_PATH_HERE: process.execPath,
          PRINT_HERE: print,
        },
        maxBuffer: 64 * 1024 * 1024,
        timeout: 20_000,
      },
    );
    return JSON.parse(output) as Variables;
  });
};

/** Whether Python and its YAML 1.1 parser are here. */
export const hasPythonYaml = (): boolean => {
  try {
    execFileSync('python3', ['-c', 'import yaml'], { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
};

const runOnFile = (
  program: string,
  wordsFor: (file: string) => readonly string[],
  text: Uint8Array,
): unknown =>
  inFolder((folder) => {
    const file = join(folder, 'exported');
    writeFileSync(file, text);
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, PYTHONIOENCODING: 'utf-8' };
    return JSON.parse(
      execFileSync(program, wordsFor(file), {
        encoding: 'utf8',
        env,
        timeout: 20_000,
        maxBuffer: 64 * 1024 * 1024,
      }),
    );
  });

/** What PyYAML, the most used YAML 1.1 parser, reads. */
export const readWithPythonYaml = (text: Uint8Array): Variables => {
  const script =
    'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1], encoding="utf-8"))))';
  return runOnFile('python3', (file) => ['-c', script, file], text) as Variables;
};

/** The data of a Secret as kubectl decodes and encodes it; `--local` asks no cluster. */
export const readWithKubectl = (text: Uint8Array): Variables => {
  const words = (file: string) => ['annotate', '--local', '-f', file, 'example.org/seen=yes', '-o', 'json'];
  return (runOnFile('kubectl', words, text) as { readonly data: Variables }).data;
};

const maxDockerLine = 64 * 1024;

/** The rules of docker/cli pkg/kvfile ("File format" in its head comment), for files without names that lack a value. */
export const readByDockerRules = (text: string): Variables => {
  const variables: Record<string, string> = {};
  const lines = text.replace(/^\ufeff/, '').split('\n');
  for (const whole of lines) {
    if (Buffer.byteLength(whole) >= maxDockerLine) throw new Error('token too long');
    const line = whole
      .replace(/\r$/, '')
      .replace(/^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/, '');
    if (line === '' || line.startsWith('#')) continue;
    const equals = line.indexOf('=');
    if (equals < 1) throw new Error('no variable name');
    const name = line.slice(0, equals);
    if (/[ \t]/.test(name)) throw new Error('a name contains whitespace');
    variables[name] = line.slice(equals + 1);
  }
  return variables;
};

/** What the real docker client sends to an engine for `docker create --env-file`; the engine is a listener of ours. */
export const readWithDocker = (text: Uint8Array): Promise<Variables> =>
  inFolder(async (folder) => {
    const file = join(folder, 'env');
    const socket = join(folder, 'engine.sock');
    writeFileSync(file, text);
    let sent = '';
    const engine = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (part: string) => (body += part));
      request.on('end', () => {
        if (request.url?.includes('/containers/create')) sent = body;
        response.setHeader('Content-Type', 'application/json');
        response.setHeader('Api-Version', '1.47');
        response.end(JSON.stringify({ Id: '0'.repeat(64), Warnings: [] }));
      });
    });
    await new Promise<void>((resolve) => engine.listen(socket, resolve));
    try {
      await new Promise<void>((resolve, reject) => {
        const env = { PATH: process.env['PATH'] ?? '', HOME: folder, DOCKER_HOST: `unix://${socket}` };
        execFile('docker', ['create', '--env-file', file, 'image'], { env, timeout: 20_000 }, (error) =>
          error === null ? resolve() : reject(error),
        );
      });
    } finally {
      engine.close();
      engine.closeAllConnections();
    }
    const { Env } = JSON.parse(sent) as { readonly Env: readonly string[] | null };
    return Object.fromEntries(
      (Env ?? []).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    );
  });

const singleQuotes = "['\\u2018\\u2019\\u201a\\u201b]";
const powershellTerm = new RegExp(
  `^(?:${singleQuotes}((?:[^'\\u2018\\u2019\\u201a\\u201b]|${singleQuotes}{2})*)${singleQuotes}(?!${singleQuotes})` +
    `|\\[char\\]0x([0-9A-F]+)|\\[char\\]::ConvertFromUtf32\\(0x([0-9A-F]+)\\))`,
);

/**
 * PowerShell is not to be had here. Its rules (about_Quoting_Rules, about_Environment_Variables): in single quotes everything
 * is literal but a doubled quote, typographic quotes are quotes; `+` joins a string and a [char].
 */
export const readByPowershellRules = (text: string): Variables => {
  const variables: Record<string, string> = {};
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const head = /^\$env:([A-Za-z_][A-Za-z0-9_]*) = /.exec(line);
    if (head === null || !line.slice(head[0].length).startsWith("'"))
      throw new Error('not an assignment of a string');
    let rest = line.slice(head[0].length);
    let value = '';
    for (;;) {
      const term = powershellTerm.exec(rest);
      if (term === null) throw new Error('not a term');
      const [whole, literal, char, astral] = term;
      value +=
        literal === undefined
          ? String.fromCodePoint(Number.parseInt(char ?? astral ?? '', 16))
          : literal.replaceAll(new RegExp(`(${singleQuotes})${singleQuotes}`, 'g'), '$1');
      rest = rest.slice(whole.length);
      if (rest === '') break;
      if (!rest.startsWith(' + ')) throw new Error('not joined by +');
      rest = rest.slice(3);
    }
    variables[head[1] ?? ''] = value;
  }
  return variables;
};

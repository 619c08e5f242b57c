// secretlint over a folder, in a process of its own: prints the paths of its findings as JSON.
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const [folder = '.'] = process.argv.slice(2);
const rules = [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, rules: [] }];
const paths: string[] = [];
for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
  if (!entry.isFile()) continue;
  const filePath = join(entry.parentPath, entry.name);
  const content = readFileSync(filePath, 'utf8');
  const { messages } = await lintSource({
    source: { content, filePath, ext: extname(filePath), contentType: 'text' },
    options: { config: { rules } },
  });
  paths.push(...messages.map(() => filePath));
}
process.stdout.write(JSON.stringify(paths));

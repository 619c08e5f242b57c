// The version of Keyturn, for reports that name the tool. Read from the package, beside which the sources and the build both lie two deep.
import { readFileSync } from 'node:fs';

const readVersion = (): string => {
  try {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const parsed: unknown = JSON.parse(text);
    const found =
      typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : null;
    return typeof found === 'string' ? found : 'unknown';
  } catch {
    return 'unknown';
  }
};

export const version = readVersion();

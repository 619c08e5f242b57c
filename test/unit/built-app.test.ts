// What the build must keep for the security of the window: pages that live under `script-src 'self'; style-src 'self';
// font-src 'self'`, and preloads that a sandboxed renderer can load, one file each that requires Electron alone.
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const out = resolve(import.meta.dirname, '../../out');
const read = (name: string): string => readFileSync(join(out, name), 'utf8');
/** A page without its policy, which itself names what it allows (`data:` for images). */
const readPage = (name: string): string =>
  read(name).replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, '');
const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((found) => found[1] ?? '');

describe.each(['renderer/index.html', 'renderer/about.html'])('the built page %s', (name) => {
  it('runs no inline script and has no inline style or handler', () => {
    const page = readPage(name);
    expect(page).toMatch(/<script [^>]*src="/);
    expect(matches(page, /<script([^>]*)>/g).filter((attributes) => !attributes.includes('src='))).toEqual(
      [],
    );
    expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:|data:/i);
  });

  it('names no address outside the app', () => {
    expect(
      matches(readPage(name), /(?:src|href)="([^"]*)"/g).filter((link) => !link.startsWith('./')),
    ).toEqual([]);
  });
});

it('styles name no address outside the app and no font in a data: URL', () => {
  const assets = join(out, 'renderer/assets');
  const styles = readdirSync(assets).filter((name) => name.endsWith('.css'));
  expect(styles.length).toBeGreaterThan(0);
  for (const name of styles) {
    const text = readFileSync(join(assets, name), 'utf8');
    expect(text).not.toMatch(/@import|url\(["']?(?:https?:|\/\/)/i);
    expect(text).not.toMatch(/url\(["']?data:(?:font|application)/i);
  }
});

describe.each(['preload/index.cjs', 'preload/about.cjs'])('the built %s', (name) => {
  it('requires nothing but Electron', () => {
    // @electron/remote says in an error message what one should "Instead require": words, not a call.
    const required = matches(read(name), /(?<!Instead )\brequire\(\s*["'`]([^"'`]*)["'`]\s*\)/g);
    expect(required).toContain('electron');
    expect(required.filter((each) => each !== 'electron')).toEqual([]);
  });

  it('is one file, without chunks of its own', () => {
    expect(
      readdirSync(join(out, 'preload'))
        .filter((file) => file.endsWith('.cjs'))
        .sort(),
    ).toEqual(['about.cjs', 'index.cjs']);
  });
});

// The About window: what this is and which versions it runs on. It sees plain texts from its own preload and nothing else.
import type { ReactNode } from 'react';
import { BrandMark } from '../../ui/gate.tsx';
import styles from './about.module.css';

export type AboutFacts = Readonly<Record<string, string | number | boolean>>;

const words: Readonly<Record<string, string>> = {
  app: 'Keyturn',
  electron: 'Electron',
  chrome: 'Chromium',
  node: 'Node.js',
  v8: 'V8',
  sandboxed: 'This window is sandboxed',
  platform: 'System',
  arch: 'Processor',
};

const textOf = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);

export const About = ({ facts }: { readonly facts: AboutFacts }): ReactNode => {
  const { app, ...rest } = facts;
  return (
    <main className={styles.about}>
      <BrandMark size={56} />
      <h1 className={styles.name}>Keyturn</h1>
      <p className={styles.what}>Keeps your keys. Version {app === undefined ? 'unknown' : textOf(app)}</p>
      <dl className={`${styles.facts ?? ''} selectable`}>
        {Object.entries(rest).map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{words[name] ?? name}</dt>
            <dd>{textOf(value)}</dd>
          </div>
        ))}
      </dl>
    </main>
  );
};

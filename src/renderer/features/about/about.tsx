// The About window: what this is, which versions it runs on, and whose work is inside. It sees plain texts from its own preload and nothing else.
import type { ReactNode } from 'react';
import type { AboutBridge } from '../../../contract/about-facts.ts';
import { BrandMark } from '../../ui/gate.tsx';
import { LicenceList } from './licence-list.tsx';
import styles from './about.module.css';

export type AboutFacts = ReturnType<AboutBridge['facts']>;
type FactName = keyof AboutFacts;

const words: Readonly<Record<Exclude<FactName, 'version' | 'licences'>, string>> = {
  electron: 'Electron',
  chromium: 'Chromium',
  node: 'Node.js',
  system: 'System',
};
const shown = Object.keys(words) as (keyof typeof words)[];

export const About = ({ facts }: { readonly facts: AboutFacts }): ReactNode => (
  <main className={styles.about}>
    <BrandMark size={56} />
    <h1 className={styles.name}>Keyturn</h1>
    <p className={styles.what}>Keeps your keys. Version {facts.version ?? 'not known'}</p>
    <dl className={`${styles.facts ?? ''} selectable`}>
      {shown.map((name) => (
        <div key={name} className={styles.fact}>
          <dt>{words[name]}</dt>
          <dd>{facts[name] ?? 'not known'}</dd>
        </div>
      ))}
    </dl>
    <LicenceList text={facts.licences} />
  </main>
);

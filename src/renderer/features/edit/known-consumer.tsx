// What is to be minded when a key is handed to a third party that Keyturn knows: shown while its name stands in the field.
import type { ReactNode } from 'react';
import type { Overview } from '../../lib/types.ts';
import { Note } from '../../ui/note.tsx';
import styles from './known-consumer.module.css';

export const KnownConsumer = ({
  consumer,
}: {
  readonly consumer: Overview['consumers'][number];
}): ReactNode => (
  <section className={styles.known} aria-label={`What ${consumer.name} needs`}>
    <Note severity="info" next={consumer.dataNote}>
      {consumer.name} ({consumer.domain}){' '}
      {consumer.readOnly ? 'takes read-only keys.' : 'takes keys of any class.'}
    </Note>
    <ol className={styles.steps}>
      {consumer.beforehand.map((step) => (
        <li key={step}>{step}</li>
      ))}
      <li>Paste it at {consumer.pastePlace}.</li>
    </ol>
    <Note severity="warning">{consumer.pasteRisk}</Note>
    <p>When the key is turned: {consumer.rotationStep}</p>
    <p className={styles.source}>
      {consumer.source}, looked at on {consumer.verifiedOn}
    </p>
  </section>
);

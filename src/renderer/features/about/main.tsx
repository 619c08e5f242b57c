// Starts the About window.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../../ui/base.css';
import type { AboutBridge } from '../../../contract/about-facts.ts';
import { About } from './about.tsx';

declare global {
  // Declaration merging needs an interface here: it adds to the one that TypeScript's DOM library declares.
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Window {
    readonly about: AboutBridge;
  }
}

const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <About facts={window.about.facts()} />
    </StrictMode>,
  );
}

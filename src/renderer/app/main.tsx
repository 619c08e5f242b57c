// Starts the window: listeners first, then the picture.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/base.css';
import { startCopyQuestion } from '../features/keys/copy-question.ts';
import { startKeysStore } from '../features/keys/store.ts';
import { startLeaksStore } from '../features/leaks/leaks-store.ts';
import { startTurnsStore } from '../features/turns/turns-store.ts';
import { startAppStore } from './app-store.ts';
import { startClipboardStore } from './clipboard-store.ts';
import { startGoEvents } from './go-events.ts';
import { startPresence } from './presence.ts';
import { Root } from './root.tsx';
import { startShortcuts } from './shortcuts.ts';
import { startTasksStore } from './tasks-store.ts';
import { startTheme } from './theme.ts';

startTheme();
startKeysStore();
startTurnsStore();
startLeaksStore();
startClipboardStore();
startCopyQuestion();
startTasksStore();
startGoEvents();
startShortcuts();
startPresence();
startAppStore();

const place = document.getElementById('root');
if (place !== null) {
  createRoot(place).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
}

// What an action is: words that are searched, a picture, and what it does.
import type { LucideIcon } from 'lucide-react';

export type Action = {
  readonly id: string;
  readonly words: string;
  readonly icon: LucideIcon;
  readonly chord?: string;
  readonly run: () => void;
};

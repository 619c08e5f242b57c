// The formats of an export in a person's words.
import type { CallInput } from '../../../contract/contract.ts';
import type { Choice } from '../../ui/select.tsx';

type Format = CallInput<'export.preview'>['format'];

const words: Readonly<Record<Format, readonly [label: string, note: string]>> = {
  dotenv: ['.env', 'dotenv, Vite, Next.js'],
  json: ['JSON', 'one object of names'],
  yaml: ['YAML', 'one mapping of names'],
  shell: ['Shell', 'export lines for bash and zsh'],
  fish: ['fish', 'set -gx lines'],
  powershell: ['PowerShell', '$env: lines'],
  docker: ['Docker', 'docker run --env-file'],
  k8s: ['Kubernetes', 'a Secret'],
};

export const formatChoices: readonly Choice<Format>[] = (Object.keys(words) as Format[]).map((value) => ({
  value,
  label: words[value][0],
  note: words[value][1],
}));

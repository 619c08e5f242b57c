// How a key of a provider is rotated, as far as a person is told today: class, overlap, steps. Data only.
export type RotationStep = {
  readonly id: 'prepare' | 'create' | 'verify' | 'distribute' | 'test' | 'confirm' | 'revoke' | 'prove';
  readonly text: string;
};

export type RotationFacts = {
  /** `guided`: a person does it in the portal, step by step. `self`: the key replaces itself. */
  readonly mode: 'api' | 'self' | 'guided';
  /** Can old and new work side by side? */
  readonly overlap: boolean;
  readonly needs: string;
  readonly steps: readonly RotationStep[];
  /** Where no page of the provider lists keys: why, and what does it instead. A provider with a portal has none. */
  readonly withoutPortal?: string;
  /** What the person types before revoking, where the portal asks for the same. */
  readonly typedConfirmation?: string;
};

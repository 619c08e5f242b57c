// A provider as a monogram: two letters on a tint that is always the same for the same provider. Not a logo, since names
// are near one another (Circle, Circa): the domain stands beside it.
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './provider-tile.module.css';

const tints = 10;

/** A fixed tint from the provider's id: the same on every machine and in every version. */
export const tintOf = (id: string): number => {
  let sum = 17;
  for (let index = 0; index < id.length; index += 1) sum = (sum * 53 + id.charCodeAt(index)) % 65_521;
  return sum % tints;
};

export type ProviderTileProps = {
  readonly provider: { readonly id: string; readonly monogram: string } | null;
  readonly size?: 'small' | 'large';
};

export const ProviderTile = ({ provider, size = 'small' }: ProviderTileProps): ReactNode => (
  <span
    className={classNames(
      styles.tile,
      styles[size],
      provider === null ? styles.none : styles[`tint${tintOf(provider.id)}`],
    )}
    aria-hidden="true"
  >
    {provider?.monogram ?? '–'}
  </span>
);

export type ProviderNameProps = {
  readonly provider: { readonly name: string; readonly domain: string } | null;
};

/** Name with the domain after it. */
export const ProviderName = ({ provider }: ProviderNameProps): ReactNode =>
  provider === null ? (
    <span className={styles.domain}>no provider</span>
  ) : (
    <span className={styles.name}>
      {provider.name} <span className={styles.domain}>{provider.domain}</span>
    </span>
  );

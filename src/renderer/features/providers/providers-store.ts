// Which provider's page is open, so that a key's detail can lead there.
import { createStore } from 'zustand/vanilla';
import { goTo } from '../../app/app-store.ts';

export type ProvidersStore = { readonly providerId: string | null; readonly query: string };

const start: ProvidersStore = { providerId: null, query: '' };
export const providersStore = createStore<ProvidersStore>()(() => start);

export const seekProviders = (query: string): void => providersStore.setState({ query });
export const showProvider = (providerId: string | null): void => providersStore.setState({ providerId });
export const openProvider = (providerId: string): void => {
  showProvider(providerId);
  goTo('providers');
};
export const forgetProviders = (): void => providersStore.setState(start);

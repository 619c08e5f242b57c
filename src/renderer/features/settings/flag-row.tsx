// A setting that is on or off, and the one way by which a setting is changed.
import type { ReactNode } from 'react';
import type { CallInput } from '../../../contract/contract.ts';
import { appStore } from '../../app/app-store.ts';
import { call } from '../../lib/call.ts';
import type { Settings } from '../../lib/types.ts';
import { Switch } from '../../ui/checkbox.tsx';
import { sayFailed } from '../../ui/toast-store.ts';
import { Row } from './settings-parts.tsx';

/** Takes effect at once, and says so where it failed. */
export const change = (part: CallInput<'settings.change'>): void => {
  void call('settings.change', part).then((result) => {
    if (!result.ok) {
      sayFailed(result.error);
      return;
    }
    const { state } = appStore.getState();
    if (state !== null) appStore.setState({ state: { ...state, settings: result.value } });
  });
};

type Flag = {
  readonly [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never;
}[keyof Settings];

export const FlagRow = (props: {
  readonly settings: Settings;
  readonly name: Flag;
  readonly label: string;
  readonly help?: string;
}): ReactNode => (
  <Row label={props.label} {...(props.help === undefined ? {} : { help: props.help })}>
    {(labelId) => (
      <Switch
        labelledBy={labelId}
        checked={props.settings[props.name]}
        onChange={(on) => change({ [props.name]: on })}
      />
    )}
  </Row>
);

// Every turn whose provider stands in a table here, and how one is begun: the server, and the calls of the turn file against it.
import { findProvider } from '../../../../src/core/providers/catalogue.ts';
import { findWay, turnFor } from '../../../../src/core/providers/turning/turn-catalogue.ts';
import { isHttp } from '../../../../src/core/providers/turning/names.ts';
import { callsOf, type PlacedCall } from '../../../../src/core/providers/turning/way-calls.ts';
import type { HttpCall, TurnWay } from '../../../../src/core/providers/turning/turn-definition.ts';
import type { Asked } from '../documented-server.ts';
import { officialTurn, type OfficialTurn } from '../official-turn.ts';
import { tableServer, type TableServer } from '../table-server.ts';
import { algoliaTurns } from './algolia.ts';
import { azureEntraTurns } from './azure-entra.ts';
import { datadogTurns } from './datadog.ts';
import { dockerhubTurns } from './dockerhub.ts';
import { gcpSaTurns } from './gcp-sa.ts';
import type { Beginning, DocumentedTurn } from './kit.ts';
import { mailgunTurns } from './mailgun.ts';
import { mongodbAtlasTurns } from './mongodb-atlas.ts';
import { verdaccioTurns } from './registries.ts';
import { smallTurns } from './small.ts';
import { supabaseTurns } from './supabase.ts';
import { unleashTurns } from './unleash.ts';
import { vercelTurns } from './vercel.ts';

export const documentedTurns: readonly DocumentedTurn[] = [
  ...datadogTurns,
  ...vercelTurns,
  ...dockerhubTurns,
  ...supabaseTurns,
  ...mailgunTurns,
  ...algoliaTurns,
  ...azureEntraTurns,
  ...gcpSaTurns,
  ...mongodbAtlasTurns,
  ...verdaccioTurns,
  ...unleashTurns,
  ...smallTurns,
];

export type Begun = Beginning & { readonly server: TableServer; readonly turn: OfficialTurn };

/** The way of a turn; throws where there is none. */
export const wayOf = (provider: string, way: string): TurnWay => {
  const found = findWay(turnFor(provider), way);
  if (found === undefined || findProvider(provider) === undefined)
    throw new Error(`no way ${provider}/${way}`);
  return found;
};

export const begin = async (provider: string, way: string, beginning: Beginning): Promise<Begun> => {
  const server = await tableServer(beginning.provider);
  const { values: old, manager, inputs, expiresOn, names, pasted } = beginning;
  const turn = officialTurn(server, {
    provider,
    way,
    old,
    ...(manager === undefined || wayOf(provider, way).manager === 'self' ? {} : { manager }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(expiresOn === undefined ? {} : { expiresOn }),
    ...(names === undefined ? {} : { names }),
    ...(pasted === undefined ? {} : { pasted }),
  });
  return { ...beginning, server, turn };
};

/** Calls of a way over HTTP, with where they stand. */
export const httpCallsOf = (
  way: TurnWay,
): readonly { readonly call: HttpCall; readonly at: PlacedCall['at'] }[] =>
  callsOf(way).flatMap(({ call, at }) => (isHttp(call) ? [{ call, at }] : []));

/** Whether a request is this call, by method and path. */
export const isCall = ({ method, url }: HttpCall): ((asked: Asked) => boolean) => {
  const path = url.replace(/^(?:[a-z]+:\/\/[^/]*|\{\w+\})/, '').replace(/\?.*$/, '');
  const parts = path
    .split(/\{[\w:]+\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const form = new RegExp(`^${parts.join('[^/]+')}$`);
  return (asked) => asked.method === method && form.test(decodeURI(asked.path));
};

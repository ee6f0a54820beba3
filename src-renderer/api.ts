import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Contract } from '../src-main/contract/index.ts';
import { type ConnectionState, connect } from './connection.ts';
import { findSession } from './session.ts';

/** The main side, typed by the contract. */
export type Api = ContractRouterClient<Contract>;

const connection = connect(window.location, await findSession());

/** Calls to the main side, for streams and mutations outside TanStack Query. */
export const api: Api = createORPCClient(connection);

/** Query and mutation options with keys for every procedure: `useQuery(orpc.accounts.list.queryOptions())`. */
export const orpc = createTanstackQueryUtils(api);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The engine retries what may be retried and knows why; a second layer would only delay the error.
      retry: false,
      // A page shown a moment ago is shown again at once; older answers are refreshed behind what is seen.
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      // The main side is on this machine: it is reached without any network.
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

// What was missed while the link was down is asked again.
let wasLost = false;
connection.subscribe(() => {
  if (connection.state === 'lost') wasLost = true;
  else if (connection.state === 'open' && wasLost) {
    wasLost = false;
    void queryClient.invalidateQueries();
  }
});

/** State of the link to the main side. */
export function useConnectionState(): ConnectionState {
  return useSyncExternalStore(
    (listener) => connection.subscribe(listener),
    () => connection.state,
  );
}

/** The client, for components that call procedures themselves. */
export function useApi(): Api {
  return api;
}

import type { Router } from '@orpc/server';
import type { Contract } from '../contract/index.ts';
import type { Core } from '../services/index.ts';

/** The contract's implementation, to be given to an oRPC handler (message port, WebSocket) or to a router client. */
export type ApiRouter = Router<Contract, Record<never, never>>;

export declare function createRouter(core: Core): ApiRouter;

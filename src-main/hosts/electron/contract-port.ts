import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain, type WebFrameMain } from 'electron';
import type { ApiRouter } from '../../api/index.ts';

const CHANNEL = 'wharfinger:connect';

export interface ContractPortOptions {
  readonly router: ApiRouter;
  /** Whether a frame may ask: the main frame of a window of ours. */
  readonly owns: (frame: WebFrameMain | null) => boolean;
  /** Called after each successful call. */
  readonly onCalled: (procedure: string) => void;
}

/** Speaks the contract over each message port that our own page hands over; any other sender is ignored. */
export function serveContractPort({ router, owns, onCalled }: ContractPortOptions): void {
  const handler = new RPCHandler(router, {
    clientInterceptors: [
      async ({ path, next }) => {
        const output = await next();
        onCalled(path.join('.'));
        return output;
      },
    ],
  });
  ipcMain.on(CHANNEL, (event) => {
    const port = event.ports[0];
    if (!port) return;
    if (!owns(event.senderFrame)) {
      port.close();
      return;
    }
    handler.upgrade(port, { context: {} });
    port.start();
  });
}

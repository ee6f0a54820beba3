import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain, type WebFrameMain } from 'electron';
import type { ApiRouter } from '../../api/index.ts';
import { isOwnPage } from './own-page.ts';

const CHANNEL = 'wharfinger:connect';

export interface ContractPortOptions {
  readonly router: ApiRouter;
  /** The frame that may ask: the main frame of our window. */
  readonly allowedFrame: () => WebFrameMain | undefined;
  /** Called after each successful call. */
  readonly onCalled: (procedure: string) => void;
}

/** Speaks the contract over each message port that our own page hands over; any other sender is ignored. */
export function serveContractPort({ router, allowedFrame, onCalled }: ContractPortOptions): void {
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
    if (!isOwnPage(event.senderFrame, allowedFrame())) {
      port.close();
      return;
    }
    handler.upgrade(port, { context: {} });
    port.start();
  });
}

import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createDownload, createRouter, createUpload } from '../../api/index.ts';
import { openCore, rendererFolder } from '../shared/open-core.ts';
import { RendererFiles } from '../shared/renderer-files.ts';
import { type OpenedFile, openThroughFile } from './open.ts';
import { serveBrowser } from './serve.ts';

/** The browser is there by then, also on a slow machine; an address that was not opened by then is not opened later. */
const OPENED_WITHIN_MS = 60_000;

export interface RunOptions {
  readonly port?: number | undefined;
  /** Open the default browser. */
  readonly open: boolean;
  /** Ends the host. */
  readonly signal: AbortSignal;
}

/** Serves the app until it is asked to end. @throws `EADDRINUSE` if the chosen port is taken */
export async function runBrowserHost({ port, open, signal }: RunOptions): Promise<void> {
  const [core, files] = await Promise.all([openCore('browser'), RendererFiles.load(rendererFolder)]);
  try {
    const host = await serveBrowser({
      router: createRouter(core),
      files,
      take: createUpload(core),
      give: createDownload(core),
      port,
    });
    let opened: OpenedFile | undefined;
    try {
      announce(host.newAddress());
      if (open) {
        const address = host.newAddress(OPENED_WITHIN_MS, () => void opened?.remove());
        opened = await openThroughFile(address, OPENED_WITHIN_MS);
      }
      const stopListening = process.stdin.isTTY ? offerAddresses(() => host.newAddress()) : undefined;
      if (!signal.aborted) await once(signal, 'abort');
      stopListening?.();
    } finally {
      await opened?.remove();
      await host.close();
    }
  } finally {
    await core.close();
  }
}

/** Programs read this line: it is the only one on stdout. */
function announce(address: string): void {
  process.stdout.write(`Wharfinger is at ${address}\n`);
}

/** Prints a new address for each Enter: every address works once. */
function offerAddresses(newAddress: () => string): () => void {
  process.stderr.write('Press Enter for another address, Ctrl+C to end.\n');
  const input = createInterface({ input: process.stdin });
  input.on('line', () => announce(newAddress()));
  return () => input.close();
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { createDownload, createRouter, createUpload } from '../../../src-main/api/index.ts';
import { serveBrowser } from '../../../src-main/hosts/browser/serve.ts';
import { RendererFiles } from '../../../src-main/hosts/shared/renderer-files.ts';
import { testCore } from '../../services/support/core.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** A host with a real core, and the secret of a session with it. */
export async function startContentHost() {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'renderer'));
  await writeFile(join(folder, 'renderer/index.html'), '<title>the app</title>');
  const core = await testCore();
  const router = createRouter(core);
  const host = await serveBrowser({
    router,
    files: await RendererFiles.load(join(folder, 'renderer')),
    take: createUpload(core),
    give: createDownload(core),
    port: 0,
  });
  whenFinished(() => host.close());
  const address = new URL(host.newAddress());
  const page = await fetch(address, { redirect: 'manual' });
  const secret = /#session=([\w-]+)$/.exec(page.headers.get('location') ?? '')?.[1] ?? '';
  return { client: createRouterClient(router), core, secret, origin: address.origin };
}

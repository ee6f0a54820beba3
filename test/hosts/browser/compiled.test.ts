import { beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../../../src-main/hosts/launcher/build.mjs';
import { startApp } from '../../support/app.ts';
import { temporaryFolder } from '../../support/temporary.ts';

// A whole program is started here twice, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });
beforeAll(() => ensureBuilt(['main', 'renderer']), 120_000);

test('a start takes what V8 compiled at the one before', async () => {
  const start = async () => {
    // Node.js then reports of each file whether its compiled code was taken.
    const app = await startApp({
      home: await temporaryFolder(),
      env: { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
    });
    await app.stop();
    return app.output();
  };
  await start();
  expect(await start()).toMatch(/dist\/main\/\S+\.js was accepted/);
});

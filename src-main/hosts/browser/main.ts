import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** `node browser.js [--port N] [--no-open]`, started by the launcher, which has checked the options. */
const { values } = parseArgs({
  allowNegative: true,
  options: { port: { type: 'string' }, open: { type: 'boolean', default: true } },
});

// Beside the build, which belongs to the user: in the system's temporary folder another user could leave code for us to run.
enableCompileCache(fileURLToPath(new URL('../compile-cache', import.meta.url)));
const { endSignal } = await import('../shared/end-signal.ts');
const { runBrowserHost } = await import('./run.ts');

const port = values.port === undefined ? undefined : Number(values.port);
try {
  await runBrowserHost({ port, open: values.open, signal: endSignal() });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const sentence = code === 'EADDRINUSE' ? `Port ${port} is in use: choose another with --port.` : message;
  process.stderr.write(`Wharfinger cannot start: ${sentence}\n`);
  process.exitCode = 1;
}

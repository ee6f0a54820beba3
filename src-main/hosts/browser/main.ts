import { parseArgs } from 'node:util';
import { endSignal } from '../shared/end-signal.ts';
import { runBrowserHost } from './run.ts';

/** `node browser.js [--port N] [--no-open]`, started by the launcher, which has checked the options. */
const { values } = parseArgs({
  allowNegative: true,
  options: { port: { type: 'string' }, open: { type: 'boolean', default: true } },
});

const port = values.port === undefined ? undefined : Number(values.port);
try {
  await runBrowserHost({ port, open: values.open, signal: endSignal() });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const sentence = code === 'EADDRINUSE' ? `Port ${port} is in use: choose another with --port.` : message;
  process.stderr.write(`Wharfinger cannot start: ${sentence}\n`);
  process.exitCode = 1;
}

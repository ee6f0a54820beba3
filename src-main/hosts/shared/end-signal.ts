/** Ctrl+C, a polite kill, a closed terminal; on Windows Ctrl+Break. */
const SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32' ? ['SIGINT', 'SIGBREAK'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Aborted when the process is asked to end. Repeated requests change nothing: a terminal and a launcher both pass Ctrl+C on.
 */
export function endSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) process.on(signal, () => controller.abort());
  return controller.signal;
}

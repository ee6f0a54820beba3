import type { Core, KeptAside } from '../../services/index.ts';
import { openCore } from '../shared/open-core.ts';
import { Cancelled } from './failures.ts';
import { OutputFailure, warn } from './output.ts';

/** What every command gets. */
export interface Context {
  readonly core: Core;
  readonly json: boolean;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

/** Runs a command over an open core, which is closed whatever happens. */
export async function withCore(
  { json, signal }: Pick<Context, 'json' | 'signal'>,
  command: (context: Context) => Promise<void>,
): Promise<void> {
  const core = await openCore('cli');
  try {
    for (const kept of core.settings.keptAside()) warn({ code: kept.kind, message: messageOf(kept) });
    await command({ core, json, signal });
  } catch (error) {
    // Whatever an aborted request failed with: it was cancelled.
    throw signal.aborted && !(error instanceof OutputFailure) ? new Cancelled() : error;
  } finally {
    await core.close();
  }
}

function messageOf({ kind, reason, keptAs }: KeptAside): string {
  const what = kind === 'settingsKeptAside' ? 'The settings file' : 'The database';
  return (
    `${what} could not be read (${reason}) and was begun anew. The old file is kept as ${keptAs}: ` +
    'this is told until it is put back or deleted.'
  );
}

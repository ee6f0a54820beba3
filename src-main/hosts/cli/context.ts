import type { Core } from '../../services/index.ts';
import { openCore } from '../shared/open-core.ts';
import { Cancelled } from './failures.ts';

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
    await command({ core, json, signal });
  } catch (error) {
    // Whatever an aborted request failed with: it was cancelled.
    throw signal.aborted ? new Cancelled() : error;
  } finally {
    await core.close();
  }
}

import { z } from 'zod';
import type { CollectionRunState } from '../../vocabulary/collection.ts';

/** Jobs, executions and tasks each have words of their own. */
const STATES: Readonly<Record<string, CollectionRunState>> = {
  pending: 'waiting',
  scheduled: 'waiting',
  initialized: 'waiting',
  running: 'running',
  inprogress: 'running',
  success: 'done',
  succeed: 'done',
  stopped: 'stopped',
  error: 'failed',
  failed: 'failed',
};

/** A word that is not known is of a run that has not ended. */
export const runState = (word: string): CollectionRunState => STATES[word.toLowerCase()] ?? 'running';

export const instant = z.coerce.date().transform((date) => date.toISOString());

/** When a run has ended, or began: what has not ended says the year 1. */
export const lastOf = (started: string, ended: string | undefined): string =>
  ended === undefined || ended.startsWith('0001-') ? started : ended;

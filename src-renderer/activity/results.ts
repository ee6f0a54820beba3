/** How operations of the history can be asked for by what became of them. */
export const RESULTS = [
  'done',
  'undoable',
  'undone',
  'failed',
  'cancelled',
  'paused',
  'interrupted',
  'running',
  'queued',
] as const;
export type Result = (typeof RESULTS)[number];

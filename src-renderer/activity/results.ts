/** What became of operations, as the history is asked for them; `open`: not ended for good. */
export const RESULTS = ['done', 'undoable', 'undone', 'failed', 'cancelled', 'open'] as const;
export type Result = (typeof RESULTS)[number];

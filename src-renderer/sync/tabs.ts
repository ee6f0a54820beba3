/** What the page of copies and syncs lists. */
export const TABS = ['running', 'saved', 'finished'] as const;
export type Tab = (typeof TABS)[number];

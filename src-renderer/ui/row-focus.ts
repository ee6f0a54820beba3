import { createContext, use } from 'react';

/**
 * True outside tables and in a table's active row. Buttons and links in other rows leave the tab order, so that Tab goes
 * through one row and not through all of them.
 */
export const RowFocus = createContext(true);

/** `tabIndex` for a button or link that may be in a table row. */
export function useTabIndex(): 0 | -1 {
  return use(RowFocus) ? 0 : -1;
}

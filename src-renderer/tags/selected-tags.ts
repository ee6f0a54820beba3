import { createContext } from 'react';

const NONE: ReadonlySet<string> = new Set();

/** Names of the tags that are selected: a chip shows whether it is, and no row is drawn again for it. */
export const SelectedTags = createContext<ReadonlySet<string>>(NONE);

/** Ways to look at rules: what they say, and what they make of each tag. */
export const CLEANUP_TABS = ['rules', 'preview'] as const;
/** Which rows of the preview are shown. */
export const PREVIEW_STATES = ['going', 'kept', 'unknown'] as const;

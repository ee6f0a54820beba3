/** How one tag of several on a digest goes: by its name, or by a placeholder that is put under it and deleted by digest. */
export const WAYS_ALONE = ['name', 'placeholder'] as const;
export type AloneBy = (typeof WAYS_ALONE)[number];

/** What planning a deletion looks at, in this order: the repository's tags, what they hold, what is attached to what goes. */
export const PLANNING_PHASES = ['tags', 'contents', 'attached'] as const;
export type PlanningPhase = (typeof PLANNING_PHASES)[number];

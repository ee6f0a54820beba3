/** What a registry lets us do; `unknown` where only doing it shows, because it depends on version or configuration. */
export const ABILITIES = ['yes', 'no', 'unknown'] as const;
export type Ability = (typeof ABILITIES)[number];

/**
 * Whether a registry takes writes at all, whoever asks. `cache`: it is filled from another registry by what is pulled; `readOnly`: who
 * runs it has turned writes off.
 */
const WRITE_STATES = ['yes', 'cache', 'readOnly', 'unknown'] as const;
export type WriteState = (typeof WRITE_STATES)[number];

/** Why a registry takes no writes. */
export const WRITE_REFUSALS = ['cache', 'readOnly'] as const satisfies readonly WriteState[];

/** Where it is known from what a registry lets us do: its product's own API does it, it was asked, or it is so of its product. */
export const ABILITY_SOURCES = ['api', 'asked', 'product'] as const;
export type AbilitySource = (typeof ABILITY_SOURCES)[number];

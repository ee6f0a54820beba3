/** Sides of a two-sided piece of work (a copy). */
export const SIDES = ['source', 'target'] as const;
export type Side = (typeof SIDES)[number];

/**
 * What a transfer finds of one tag. `same`: there already; `kept`: the target has the tag with other content, and only new tags were
 * asked for; `refused`: it cannot be copied.
 */
export const VERDICTS = ['new', 'changed', 'same', 'kept', 'refused'] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * What becomes of an index that loses platforms. `sparse`: it keeps its digest and names images that are not there, which
 * registries may refuse; `rewritten`: it gets another digest, and signatures of the whole index do not fit it.
 */
export const INDEX_FORMS = ['sparse', 'rewritten'] as const;
export type IndexForm = (typeof INDEX_FORMS)[number];

/** Fewest bytes of a blob that can be chosen for one request: of fewer, asking takes longer than sending. */
export const UPLOAD_CHUNK_MIN = 100_000;

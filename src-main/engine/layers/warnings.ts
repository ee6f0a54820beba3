import type { LAYER_WARNINGS } from '../vocabulary.ts';

export type LayerWarning = (typeof LAYER_WARNINGS)[number];

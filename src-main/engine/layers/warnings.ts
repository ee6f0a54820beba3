import type { LAYER_WARNINGS } from '../vocabulary/layers.ts';

export type LayerWarning = (typeof LAYER_WARNINGS)[number];

import { type Sliced, SlicedWork } from '../../src-renderer/ui/slices.ts';

/** All of it at once. */
export const finished = <Out>(steps: Sliced<Out>): Out => new SlicedWork(steps).finish();

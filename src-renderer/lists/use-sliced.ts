import { useEffect, useMemo, useRef, useState } from 'react';
import { type Sliced, SlicedWork } from './slices.ts';

/**
 * What `start` works out of a long list, in slices, so that the page answers meanwhile: until it is ready what was worked out
 * before stands. What takes less than a slice, and the first result, are ready at once.
 *
 * @param start begins the work; a new function begins it anew, and what was not ready is dropped
 */
export function useSliced<Out>(start: () => Sliced<Out>): Out {
  const last = useRef<{ readonly value: Out }>(undefined);
  const [, setReady] = useState<SlicedWork<Out>>();
  const work = useMemo(() => {
    const begun = new SlicedWork(start());
    if (last.current) begun.slice();
    else begun.finish();
    return begun;
  }, [start]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goOn = () => {
      work.slice();
      if (work.result) setReady(work);
      else timer = setTimeout(goOn);
    };
    if (!work.result) timer = setTimeout(goOn);
    return () => clearTimeout(timer);
  }, [work]);
  const known = work.result ?? last.current;
  useEffect(() => {
    last.current = known;
  }, [known]);
  if (!known) throw new Error('the first result is worked out at once');
  return known.value;
}

import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import { type Begun, type Sliced, SlicedWorks } from '../ui/slices.ts';

/**
 * What `start` works out of a long list, in slices, so that the page answers meanwhile: until it is ready what was worked out
 * before stands. What takes less than a slice, and the first result that has something, are ready at once.
 *
 * @param start a new function begins the work anew, once what is under way is done
 * @param question with another one what is under way is dropped
 * @param isNothing see {@link SlicedWorks}; the first one holds
 */
export function useSliced<Out>(
  start: () => Sliced<Out>,
  question: unknown,
  isNothing: (result: Out) => boolean,
): Out {
  const [works] = useState(() => new SlicedWorks(isNothing));
  const [done, setDone] = useState<Begun<Out>>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is done makes room for what was asked meanwhile
  const begun = useMemo(() => works.take(start, question), [works, start, question, done]);
  useEffect(() => {
    const { work, isShort } = begun;
    if (isShort) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goOn = () => {
      work.slice();
      if (work.result) startTransition(() => setDone(begun));
      else timer = setTimeout(goOn);
    };
    timer = setTimeout(goOn);
    return () => clearTimeout(timer);
  }, [begun]);
  const drawn = useRef<Begun<Out>>(undefined);
  // A whole screen of rows may be drawn again for what took long: it is there once `done` says so, and not for whatever else is drawn.
  const shown = begun.isShort ? begun : later(done, drawn.current);
  useEffect(() => {
    drawn.current = shown;
  }, [shown]);
  if (!shown?.work.result) throw new Error('the first result is worked out at once');
  return shown.work.result.value;
}

function later<Out>(one: Begun<Out> | undefined, other: Begun<Out> | undefined): Begun<Out> | undefined {
  return one && (!other || one.number > other.number) ? one : other;
}

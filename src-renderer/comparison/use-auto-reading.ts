import { useEffect, useRef } from 'react';
import type { ComparedPlatform } from '../../src-main/common/comparison.ts';
import { UNASKED } from '../files/layer-items.ts';
import { bytesToRead, hasOwnLayers } from './platform-pairs.ts';
import type { ComparisonTab } from './tabs.ts';
import type { LayersRead } from './use-reading.ts';

export interface AutoReading {
  chosen: ComparedPlatform | undefined;
  tab: ComparisonTab;
  reading: LayersRead;
}

/** Reads what is little without being asked to, once: the sentence above the tabs says more then. Packages only where they are looked at. */
export function useAutoReading({ chosen, tab, reading }: AutoReading): void {
  const { known, running, start } = reading;
  const tried = useRef<string>(undefined);
  const isPair = chosen?.state === 'both' && hasOwnLayers(chosen);
  const files = isPair && !known?.read.files && bytesToRead(chosen) <= UNASKED;
  const packages =
    isPair &&
    tab === 'packages' &&
    !known?.read.packages &&
    chosen.bytes.left + chosen.bytes.right <= UNASKED;
  const wanted = files || packages ? `${chosen?.left} ${chosen?.right} ${files} ${packages}` : undefined;
  useEffect(() => {
    if (running || wanted === undefined || tried.current === wanted) return;
    tried.current = wanted;
    start({ ...(files && { files }), ...(packages && { packages }) });
  }, [running, wanted, files, packages, start]);
}

import { useEffect, useMemo } from 'react';
import { z } from 'zod';
import { useAccounts } from '../accounts/queries.ts';
import { useRemembered } from '../ui/use-remembered.ts';
import { COLOURS, type Monogram, monograms, withColours } from './monograms.ts';

const colours = z.record(
  z.string(),
  z
    .number()
    .int()
    .min(0)
    .max(COLOURS.length - 1),
);
type Colours = z.infer<typeof colours>;
const none: Colours = {};

/** The monograms of all registries by their ids; their colours are remembered on this machine. */
export function useMonograms(): ReadonlyMap<string, Monogram> {
  const accounts = useAccounts().data;
  const [kept, remember] = useRemembered<Colours>('colours', colours, none);
  const given = useMemo(() => (accounts ? withColours(accounts, kept) : kept), [accounts, kept]);
  useEffect(() => {
    if (given !== kept) remember(() => given);
  }, [given, kept, remember]);
  return useMemo(() => monograms(accounts ?? [], given), [accounts, given]);
}

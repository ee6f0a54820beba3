import { z } from 'zod';
import { useRemembered } from '../ui/use-remembered.ts';

const path = z.string().max(4096);

/** A kubeconfig that the user chose by its path, on this machine and never in rules; empty: the one that kubectl takes by itself. */
export function useKubeconfig() {
  const [kubeconfig, remember] = useRemembered('cleanup.kubeconfig', path, '');
  return {
    kubeconfig,
    setKubeconfig: (next: string) => remember(() => next),
    /** As calls take it. */
    choice: kubeconfig.trim() === '' ? {} : { kubeconfig: kubeconfig.trim() },
  };
}

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedComparison } from '../../src-main/common/comparison-matrix.ts';
import { api } from '../api.ts';
import { desktopShell } from '../desktop-shell.ts';
import { formatCount } from '../ui/format.ts';
import { toastDone } from '../ui/toast.tsx';
import { matrixQueries } from './queries.ts';
import { searchOf } from './search.ts';

/** Says when tags of a saved comparison have come apart or together since the look before, in the window and, while nobody looks, by the system. */
export function useDriftNotices(): void {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    const stop = new AbortController();
    const said = new Map<string, string | undefined>();
    const say = ({ id, name, definition, lastRun }: SavedComparison) => {
      const isNew = said.has(id) && said.get(id) !== lastRun?.at;
      if (lastRun?.outcome === 'running') {
        if (!said.has(id)) said.set(id, undefined);
        return;
      }
      said.set(id, lastRun?.at);
      if (!isNew || !lastRun) return;
      void client.invalidateQueries({ queryKey: matrixQueries.all() });
      const count = (lastRun.drift?.apart ?? 0) + (lastRun.drift?.together ?? 0);
      if (count === 0) return;
      const title = t('comparisonMatrix.driftNotice', { name });
      const text = t('comparisonMatrix.changed', { count, formatted: formatCount(count, i18n.language) });
      toastDone(t('comparisonMatrix.driftSaid', { name, text }));
      desktopShell()?.notify({
        id: `${id} ${lastRun.at}`,
        title: title.slice(0, 200),
        text,
        path: router.buildLocation({ to: '/compare/tags', search: { ...searchOf(definition), saved: id } })
          .href,
      });
    };
    const watch = async () => {
      for await (const saved of await api.comparisonMatrix.watch(undefined, { signal: stop.signal }))
        say(saved);
    };
    // A lost connection is said where it is lost, and brings another page.
    watch().catch(() => {});
    return () => stop.abort();
  }, [t, i18n.language, client, router]);
}

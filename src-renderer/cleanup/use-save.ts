import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SavedCleanup } from '../../src-main/common/cleanup-run.ts';
import { orpc } from '../api.ts';
import { toastDone } from '../ui/toast.tsx';

/** Keeps rules by name: another text is another version. */
export function useSaveCleanup(onSaved: (saved: SavedCleanup) => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation(
    orpc.cleanup.save.mutationOptions({
      onSuccess: async (saved) => {
        toastDone(t('cleanup.savedAs', { name: saved.name, version: saved.version }));
        await Promise.all([
          client.invalidateQueries({ queryKey: orpc.cleanup.saved.key() }),
          client.invalidateQueries({ queryKey: orpc.cleanup.versions.key() }),
        ]);
        onSaved(saved);
      },
    }),
  );
}

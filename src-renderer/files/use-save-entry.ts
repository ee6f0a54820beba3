import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FileEntry, SavedFiles } from '../../src-main/common/files.ts';
import { api } from '../api.ts';
import { saveFile, saveFolder } from '../saving/save-file.ts';
import { toastDone, toastFailure } from '../ui/toast.tsx';
import type { ShownFiles } from './queries.ts';

interface Saved {
  /** Undefined for a download, and where the user cancelled. */
  readonly path: string | undefined;
  readonly saved: SavedFiles | undefined;
}

/** Saves a file as it is, and a directory as a tar archive or, where the system has a dialog for it, as a folder. */
export function useSaveEntry(image: ShownFiles, at: number) {
  const { t } = useTranslation();
  return useMutation({
    mutationFn: async ({ entry, folder }: { entry: FileEntry; folder: boolean }): Promise<Saved> => {
      const { path, name, type } = entry;
      let saved: SavedFiles | undefined;
      const save = async (to: string) => {
        saved = await api.files.save({ image, at, path, to, folder });
      };
      if (folder) return { path: await saveFolder(name, save), saved };
      return { path: await saveFile(type === 'directory' ? `${name}.tar` : name, save), saved };
    },
    onSuccess: ({ path, saved }) => {
      if (saved && saved.leftOut > 0) toastDone(t('files.leftOut', { count: saved.leftOut }));
      else if (path !== undefined) toastDone(t('saving.saved', { path }));
    },
    onError: toastFailure,
  });
}

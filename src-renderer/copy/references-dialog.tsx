import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { Dialog } from '../ui/dialog.tsx';

export interface ReferencesDialogProps {
  place: RepositoryPlace;
  host: string;
  /** Tags, or one digest. */
  references: readonly string[];
  /** The registry that they go to, where one was chosen already. */
  destination?: string;
  onClose: () => void;
}

/** The dialog of something that takes tags of a repository elsewhere. */
export function ReferencesDialog({
  place,
  host,
  onClose,
  title,
  children,
}: Omit<ReferencesDialogProps, 'references'> & { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={title}
      place={t('transfers.from', { place: `${host}/${place.repository}` })}
    >
      {children}
    </Dialog>
  );
}

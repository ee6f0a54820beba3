import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { CopyDialog } from '../copy/copy-dialog.tsx';
import { RetagDialog } from '../copy/retag-dialog.tsx';
import { DeleteDialog } from '../deletion/delete-dialog.tsx';
import { SaveImageDialog } from '../save-image/save-image-dialog.tsx';

/** A change about to be planned: its dialog is open. */
export interface Change {
  kind: 'delete' | 'retag' | 'rename' | 'copy' | 'save';
  /** Tags, and digests of manifests without one. */
  references: readonly string[];
}

export interface TagChangesProps {
  place: RepositoryPlace;
  host: string;
  change: Change | undefined;
  onClose: () => void;
}

/** The dialog of the change that was asked for. */
export function TagChanges({ place, host, change, onClose }: TagChangesProps) {
  const [reference] = change?.references ?? [];
  if (!change || reference === undefined) return null;
  const props = { place, host, onClose };
  switch (change.kind) {
    case 'delete':
      return <DeleteDialog {...props} references={change.references} />;
    case 'retag':
      return <RetagDialog {...props} reference={reference} />;
    case 'rename':
      return <RetagDialog {...props} renames reference={reference} />;
    case 'copy':
      return <CopyDialog {...props} references={change.references} />;
    case 'save':
      return <SaveImageDialog {...props} references={change.references} />;
  }
}

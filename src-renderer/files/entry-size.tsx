import { useTranslation } from 'react-i18next';
import type { FileEntry } from '../../src-main/common/files.ts';
import { Bytes } from '../ui/bytes.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import classes from './files.module.css';

/** Bytes of a file, and of a directory those of all below it, with their number in a tooltip. */
export function EntrySize({ entry: { type, size, below } }: { entry: FileEntry }) {
  const { t, i18n } = useTranslation();
  if (type === 'file' || type === 'hardlink') return <Bytes value={size} />;
  if (!below) return null;
  const formatted = formatCount(below.files, i18n.language);
  return (
    <span className={classes.below} data-hint={t('files.below', { count: below.files, formatted })}>
      {formatBytes(below.bytes)}
    </span>
  );
}

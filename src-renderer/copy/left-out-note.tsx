import { useTranslation } from 'react-i18next';
import type { LeftOut } from '../../src-main/common/transfer.ts';
import { Bytes } from '../ui/bytes.tsx';
import classes from './copy.module.css';
import { leftOutText } from './left-out.ts';

/** Layers that are not at the target afterwards; nothing where there are none. */
export function LeftOutNote({ subject: { leftOut } }: { subject: { leftOut?: LeftOut } }) {
  const { t } = useTranslation();
  if (!leftOut) return null;
  return (
    <p className={classes.quiet} data-testid="left-out">
      {t('transfers.leftOut')}: {leftOutText(t, leftOut)} (<Bytes value={leftOut.bytes} />)
    </p>
  );
}

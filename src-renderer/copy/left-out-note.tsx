import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { copySubject, syncSubject } from '../../src-main/common/transfer.ts';
import { Bytes } from '../ui/bytes.tsx';
import classes from './copy.module.css';
import { leftOutText } from './left-out.ts';

/** Layers that are not at the target of a transfer afterwards; nothing where there are none. */
export function LeftOutNote({ operation: { subject } }: { operation: Operation }) {
  const { t } = useTranslation();
  const leftOut = (copySubject.safeParse(subject).data ?? syncSubject.safeParse(subject).data)?.leftOut;
  if (!leftOut) return null;
  return (
    <p className={classes.quiet} data-testid="left-out">
      {t('transfers.leftOut')}
      {t('ui.colon')}
      {leftOutText(t, leftOut)} (<Bytes value={leftOut.bytes} />)
    </p>
  );
}

import { useTranslation } from 'react-i18next';
import type { LeftOut, TransferSummary } from '../../src-main/common/transfer.ts';
import { Bytes } from '../ui/bytes.tsx';
import classes from './copy.module.css';
import { leftOutText } from './left-out.ts';

export interface BlobTalliesProps {
  blobs: TransferSummary['blobs'];
  manifests: number;
  /** How many of the manifests are attached ones. */
  attached: number;
  leftOut: LeftOut;
}

/** Blobs by how they come to be at the target, then manifests; kinds without any are left out. */
export function BlobTallies({ blobs, manifests, attached, leftOut }: BlobTalliesProps) {
  const { t } = useTranslation();
  return (
    <dl className={classes.bytes}>
      {(['present', 'mount', 'send'] as const)
        .filter((state) => blobs[state].count > 0)
        .map((state) => (
          <div key={state} style={{ display: 'contents' }} data-state={state}>
            <dt>
              {state === 'mount' ? (
                <span data-hint={t('transfers.mountHelp')}>{t('transfers.mount')}</span>
              ) : (
                t(`transfers.${state}`)
              )}
            </dt>
            <dd className={classes.quiet}>{t('transfers.blobs', { count: blobs[state].count })}</dd>
            <dd>
              <Bytes value={blobs[state].bytes} />
            </dd>
          </div>
        ))}
      <div style={{ display: 'contents' }}>
        <dt>{t('transfers.manifestsTitle')}</dt>
        <dd className={classes.quiet}>{t('transfers.manifests', { count: manifests })}</dd>
        <dd />
      </div>
      {attached > 0 && (
        <div style={{ display: 'contents' }} data-state="attached">
          <dt>{t('transfers.attachedTitle')}</dt>
          <dd className={classes.quiet}>{t('transfers.attached', { count: attached })}</dd>
          <dd />
        </div>
      )}
      {leftOut.count > 0 && (
        <div style={{ display: 'contents' }} data-state="left-out">
          <dt>{t('transfers.leftOut')}</dt>
          <dd className={classes.quiet}>{leftOutText(t, leftOut)}</dd>
          <dd>
            <Bytes value={leftOut.bytes} />
          </dd>
        </div>
      )}
    </dl>
  );
}

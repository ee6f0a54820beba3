import { useTranslation } from 'react-i18next';
import type { Failure } from '../../src-main/common/failure.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Digest } from '../ui/digest.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import classes from './pages.module.css';

/** A tag of a plan or of a transfer. */
interface Item {
  source: { repository: string; reference: string };
  target: { repository: string; tag: string };
  verdict?: 'new' | 'changed' | 'same' | 'kept' | 'refused';
  digest?: string | undefined;
  replaces?: string | undefined;
  unseen?: Failure | undefined;
  attached?: number;
  failure?: Failure | undefined;
}

/** All that is known of one tag; why it failed or was refused, and what to do about it. */
export function ItemDialog({ item, onClose }: { item: Item | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={item !== undefined}
      wide
      onClose={onClose}
      title={item && `${item.target.repository}:${item.target.tag}`}
    >
      {item && (
        <div className={classes.body}>
          <dl className={classes.about}>
            <dt>{t('transferPages.source')}</dt>
            <dd className={classes.mono}>
              {item.source.repository}:{item.source.reference}
            </dd>
            <dt>{t('transferPages.target')}</dt>
            <dd className={classes.mono}>
              {item.target.repository}:{item.target.tag}
            </dd>
            {item.verdict && (
              <>
                <dt>{t('transferPages.verdict')}</dt>
                <dd>
                  {item.unseen
                    ? t('transfers.unseen', { why: t(`errors.${item.unseen.code}.title`) })
                    : t(`transferPages.verdictHelp.${item.verdict}`)}
                </dd>
              </>
            )}
            {item.digest !== undefined && (
              <>
                <dt>{t('tags.digest')}</dt>
                <dd>
                  <Digest value={item.digest} />
                </dd>
              </>
            )}
            {item.replaces !== undefined && item.replaces !== item.digest && (
              <>
                <dt>{t('transferPages.replaces')}</dt>
                <dd>
                  <Digest value={item.replaces} />
                </dd>
              </>
            )}
            {item.attached !== undefined && item.attached > 0 && (
              <>
                <dt>{t('transfers.attachedTitle')}</dt>
                <dd>{t('transfers.attached', { count: item.attached })}</dd>
              </>
            )}
          </dl>
          {item.failure && <ErrorPanel error={item.failure} />}
        </div>
      )}
    </Dialog>
  );
}

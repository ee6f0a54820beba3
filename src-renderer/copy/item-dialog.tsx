import { useTranslation } from 'react-i18next';
import type { Failure } from '../../src-main/common/failure.ts';
import type { Verdict } from '../../src-main/engine/vocabulary.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogBody } from '../ui/dialog-form.tsx';
import { Digest } from '../ui/digest.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';

/** A tag of a plan or of a transfer. */
interface Item {
  source: { repository: string; reference: string };
  target: { repository: string; tag: string };
  verdict?: Verdict;
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
        <DialogBody>
          <Facts>
            <Fact name={t('transferPages.source')} mono>
              {item.source.repository}:{item.source.reference}
            </Fact>
            <Fact name={t('transferPages.target')} mono>
              {item.target.repository}:{item.target.tag}
            </Fact>
            {item.verdict && (
              <Fact name={t('transferPages.verdict')}>
                {item.unseen
                  ? t('transfers.unseen', { why: t(`errors.${item.unseen.code}.title`) })
                  : t(`transferPages.verdictHelp.${item.verdict}`)}
              </Fact>
            )}
            {item.digest !== undefined && (
              <Fact name={t('tags.digest')}>
                <Digest value={item.digest} />
              </Fact>
            )}
            {item.replaces !== undefined && item.replaces !== item.digest && (
              <Fact name={t('transferPages.replaces')}>
                <Digest value={item.replaces} />
              </Fact>
            )}
            {item.attached !== undefined && item.attached > 0 && (
              <Fact name={t('transfers.attachedTitle')}>
                {t('transfers.attached', { count: item.attached })}
              </Fact>
            )}
          </Facts>
          {item.failure && <ErrorPanel error={item.failure} />}
        </DialogBody>
      )}
    </Dialog>
  );
}

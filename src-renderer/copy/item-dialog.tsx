import { useTranslation } from 'react-i18next';
import { type TagPair, type TransferItem, verdict } from '../../src-main/common/transfer.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogBody } from '../ui/dialog-form.tsx';
import { Digest } from '../ui/digest.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { failureTitle } from '../ui/failure-words.ts';
import { nameIn } from '../ui/place-text.ts';

/** A tag of a plan or of a transfer; of the latter its state is no verdict. */
type Item = TagPair &
  Partial<Pick<TransferItem, 'digest' | 'sourceDigest' | 'replaces' | 'unseen' | 'extras' | 'failure'>> & {
    state: string;
  };

/** All that is known of one tag; why it failed or was refused, and what to do about it. */
export function ItemDialog({ item, onClose }: { item: Item | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const judged = verdict.safeParse(item?.state).data;
  return (
    <Dialog
      opened={item !== undefined}
      wide
      onClose={onClose}
      title={item && nameIn(item.target, item.target.tag)}
    >
      {item && (
        <DialogBody>
          <Facts>
            <Fact name={t('transferPages.source')} mono>
              {nameIn(item.source, item.source.reference)}
            </Fact>
            <Fact name={t('transferPages.target')} mono>
              {nameIn(item.target, item.target.tag)}
            </Fact>
            {judged && (
              <Fact name={t('transferPages.verdict')}>
                {item.unseen
                  ? t('transfers.unseen', { why: failureTitle(t, item.unseen) })
                  : t(`transferPages.verdictHelp.${judged}`)}
              </Fact>
            )}
            {item.digest !== undefined && (
              <Fact name={t('tags.digest')}>
                <Digest value={item.digest} />
              </Fact>
            )}
            {item.sourceDigest !== undefined && item.sourceDigest !== item.digest && (
              <Fact name={t('transferPages.sourceDigest')}>
                <span data-testid="digest-changes">
                  <Digest value={item.sourceDigest} />
                </span>
              </Fact>
            )}
            {item.replaces !== undefined && item.replaces !== item.digest && (
              <Fact name={t('transferPages.replaces')}>
                <Digest value={item.replaces} />
              </Fact>
            )}
            {item.extras !== undefined && item.extras > 0 && (
              <Fact name={t('transfers.attachedTitle')}>
                {t('transfers.attached', { count: item.extras })}
              </Fact>
            )}
          </Facts>
          {item.failure && <ErrorPanel error={item.failure} />}
        </DialogBody>
      )}
    </Dialog>
  );
}

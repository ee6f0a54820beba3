import { useTranslation } from 'react-i18next';
import { collectOutcome } from '../../src-main/common/collection.ts';
import type { Operation } from '../../src-main/common/operation.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatCount } from '../ui/format.ts';

/** What a collection has taken, and the disk before and after it, as it was measured. */
export function CollectionOutcome({ operation }: { operation: Operation }) {
  const { t, i18n } = useTranslation();
  const { data } = collectOutcome.safeParse(operation.outcome);
  if (!data) return null;
  const { manifests, blobs, uploads, drafts, bytes, kept, disk } = data;
  const format = (count: number) => formatCount(count, i18n.language);
  return (
    <section aria-label={t('collection.outcome.title')} data-testid="collected">
      <Facts>
        <Fact name={t('collection.outcome.freed')}>
          <Bytes value={bytes} />
        </Fact>
        <Fact name={t('collection.outcome.manifests')}>{format(manifests)}</Fact>
        <Fact name={t('collection.outcome.files')}>{format(blobs.count + uploads.count + drafts.count)}</Fact>
        <Fact name={t('collection.outcome.before')}>
          <Bytes value={disk.before.allocated} />
        </Fact>
        <Fact name={t('collection.outcome.after')}>
          <Bytes value={disk.after.allocated} />
        </Fact>
        {kept.recent.count > 0 && (
          <Fact name={t('collection.outcome.recent')}>
            <Bytes value={kept.recent.bytes} />
          </Fact>
        )}
      </Facts>
    </section>
  );
}

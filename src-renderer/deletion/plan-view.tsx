import { useTranslation } from 'react-i18next';
import type { DeletionPlan } from '../../src-main/common/deletion.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Digest } from '../ui/digest.tsx';
import { formatBytes } from '../ui/format.ts';
import { namesText } from '../ui/names.ts';
import classes from './deletion.module.css';
import { orphanedReferrers } from './plan-words.ts';

/** Lines drawn of a long list; the counts in the titles are of all. */
const LINES = 200;
/** Sibling names in one line. */
const NAMED = 6;

/** What a deletion would do, line by line. */
export function PlanView({ plan }: { plan: DeletionPlan }) {
  const { t } = useTranslation();
  const referrers = orphanedReferrers(plan);
  return (
    <>
      {plan.manifests.length > 0 && <Manifests plan={plan} />}
      {plan.tagsAlone.length > 0 && <TagsAlone plan={plan} />}
      {plan.blocked.length > 0 && <Blocked blocked={plan.blocked} />}
      {plan.unread.length > 0 && plan.manifests.length > 0 && <Unread tags={plan.unread} />}
      {referrers > 0 && !plan.attached.taken && <span>{t('deletion.referrers', { count: referrers })}</span>}
      {plan.manifests.length > 0 && (
        <div className={classes.freed}>
          <span>
            {t(plan.bytesAtMost ? 'deletion.bytesFreedAtMost' : 'deletion.bytesFreed')}:{' '}
            <strong>
              <Bytes value={plan.bytesFreed} />
            </strong>
          </span>
          <span className={classes.quiet}>{t(`deletion.garbage.${plan.garbageCollection}`)}</span>
          {plan.bytesInChildren > 0 && (
            <span className={classes.quiet}>
              {t(plan.bytesAtMost ? 'deletion.bytesInChildrenAtMost' : 'deletion.bytesInChildren', {
                bytes: formatBytes(plan.bytesInChildren),
              })}
            </span>
          )}
          {plan.bytesAtMost && <span className={classes.quiet}>{t('deletion.atMostHelp')}</span>}
        </div>
      )}
      {plan.countsPulls && <span className={classes.quiet}>{t('deletion.countsPulls')}</span>}
      {plan.refilled && <span>{t('deletion.refilled')}</span>}
      <span className={classes.quiet}>
        {t(plan.manifests.length > 0 ? 'deletion.undoable' : 'deletion.undoableTags')}
      </span>
    </>
  );
}

/** Tags that were asked for and stay, each with the registry's reason. */
function Blocked({ blocked }: Pick<DeletionPlan, 'blocked'>) {
  const { t } = useTranslation();
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('deletion.blocked', { count: blocked.length })}</h3>
      <span className={classes.quiet}>{t('deletion.blockedHelp', { count: blocked.length })}</span>
      <ul className={classes.list}>
        {blocked.slice(0, LINES).map(({ tag, failure }) => (
          <li key={tag} className={classes.item} data-tag={tag}>
            <span className={classes.tag}>{tag}</span>
            <span className={classes.quiet}>{failure.reason ?? t(`errors.${failure.code}.title`)}</span>
          </li>
        ))}
        <LeftOut count={blocked.length - LINES} />
      </ul>
    </section>
  );
}

function Unread({ tags }: { tags: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('deletion.unread', { count: tags.length })}</h3>
      <span className={classes.quiet}>{t('deletion.unreadHelp', { count: tags.length })}</span>
      <span className={classes.names}>{namesText(t, tags, NAMED)}</span>
    </section>
  );
}

function Manifests({ plan }: { plan: DeletionPlan }) {
  const { t } = useTranslation();
  const extra = new Set(plan.alsoRemoved);
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('deletion.manifests', { count: plan.manifests.length })}</h3>
      <ul className={classes.list}>
        {plan.manifests.slice(0, LINES).map(({ digest, tags }) => (
          <li key={digest} className={classes.item} data-digest={digest}>
            {tags.length === 0 && <span className={classes.quiet}>{t('deletion.untagged')}</span>}
            {tags
              .filter((tag) => !extra.has(tag))
              .map((tag) => (
                <span key={tag} className={classes.tag}>
                  {tag}
                </span>
              ))}
            {tags
              .filter((tag) => extra.has(tag))
              .map((tag) => (
                <span key={tag} className={`${classes.tag} ${classes.extra}`}>
                  {tag} <span className={classes.remark}>{t('deletion.notSelected')}</span>
                </span>
              ))}
            <Digest value={digest} />
          </li>
        ))}
        <LeftOut count={plan.manifests.length - LINES} />
      </ul>
    </section>
  );
}

function TagsAlone({ plan }: { plan: DeletionPlan }) {
  const { t } = useTranslation();
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('deletion.alone', { count: plan.tagsAlone.length })}</h3>
      <span className={classes.quiet}>
        {t(plan.aloneBy === 'placeholder' ? 'deletion.aloneByPlaceholder' : 'deletion.aloneHelp')}
      </span>
      <ul className={classes.list}>
        {plan.tagsAlone.slice(0, LINES).map(({ tag, digest, siblings }) => (
          <li key={tag} className={classes.item} data-tag={tag}>
            <span className={classes.tag}>{tag}</span>
            <Digest value={digest} />
            <span className={classes.quiet}>
              <StaysWith siblings={siblings} />
            </span>
          </li>
        ))}
        <LeftOut count={plan.tagsAlone.length - LINES} />
      </ul>
    </section>
  );
}

function StaysWith({ siblings }: { siblings: readonly string[] }) {
  const { t } = useTranslation();
  // Its image is kept by an index that contains it.
  if (siblings.length === 0) return t('deletion.staysInIndex');
  return t('deletion.staysWith', { tags: namesText(t, siblings, NAMED) });
}

function LeftOut({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count <= 0) return null;
  return <li className={`${classes.item} ${classes.quiet}`}>{t('common.more', { count })}</li>;
}

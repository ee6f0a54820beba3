import { useTranslation } from 'react-i18next';
import type { AttachedDifference, Comparison } from '../../src-main/common/comparison.ts';
import { Banner } from '../ui/banner.tsx';
import { Digest } from '../ui/digest.tsx';
import { failureReason } from '../ui/failure-words.ts';
import classes from './comparison.module.css';
import { StateMark } from './state-mark.tsx';

/** What is attached to both: signatures, SBOMs, attestations. */
export function AttachedTab({ attached: { kinds, unseen } }: { attached: Comparison['attached'] }) {
  const { t } = useTranslation();
  return (
    <>
      {unseen.map(({ side, place, failure }) => (
        <Banner key={`${side} ${place}`} tone="warning" data-failure={failure.code}>
          {t('comparison.unseenAttached', {
            place,
            reason: failureReason(t, failure),
          })}
        </Banner>
      ))}
      {kinds.length === 0 ? (
        unseen.length === 0 && <p className={classes.none}>{t('comparison.attachedNone')}</p>
      ) : (
        <div className={classes.scroll}>
          <p className={classes.quiet}>{t('comparison.attachedNote')}</p>
          <table className={classes.table} aria-label={t('comparison.attachedLabel')}>
            <thead>
              <tr>
                <th scope="col">{t('comparison.kind')}</th>
                <th scope="col">{t('comparison.left')}</th>
                <th scope="col">{t('comparison.right')}</th>
              </tr>
            </thead>
            <tbody>
              {kinds.map((each) => (
                <tr key={each.kind}>
                  <th scope="row">
                    {t(`referrers.kinds.${each.kind}`)}
                    <StateMark state={each.state}>{t(`comparison.states.${each.state}`)}</StateMark>
                  </th>
                  <td>
                    <Manifests of={each.left} />
                  </td>
                  <td>
                    <Manifests of={each.right} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Manifests({ of }: { of: AttachedDifference['left'] }) {
  const { t } = useTranslation();
  if (of.length === 0) return <span className={classes.quiet}>{t('common.none')}</span>;
  return of.map(({ digest, formats, artifactType }) => (
    <span key={digest} className={classes.manifest}>
      <Digest value={digest} />
      <span className={classes.quiet}>{formats.length > 0 ? formats.join(', ') : artifactType}</span>
    </span>
  ));
}

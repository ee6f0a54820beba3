import { useTranslation } from 'react-i18next';
import type { ComparedFinding } from '../../src-main/common/findings.ts';
import { DetailsPanel } from '../ui/details-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { WebLink } from '../ui/web-link.tsx';
import { SeverityMark } from './severity.tsx';

/** Everything of one finding, in the scanner's words. */
export function FindingDetails({ item, onClose }: { item: ComparedFinding; onClose: () => void }) {
  const { t } = useTranslation();
  const { id, severity, score, package: name, version, fixed, description, links, allowed } = item;
  return (
    <DetailsPanel label={t('vulnerabilities.detailsOf', { id })} title={id} onClose={onClose}>
      <Facts>
        <Fact name={t('vulnerabilities.severity')}>
          <SeverityMark t={t} severity={severity} />
        </Fact>
        {score !== undefined && <Fact name={t('vulnerabilities.cvss')}>{score}</Fact>}
        <Fact name={t('vulnerabilities.package')} mono>
          {`${name} ${version}`.trim()}
        </Fact>
        <Fact name={t('vulnerabilities.fixed')} mono={fixed !== undefined}>
          {fixed ?? t('vulnerabilities.noFix')}
        </Fact>
        {allowed && <Fact name={t('vulnerabilities.allowed')}>{t('vulnerabilities.allowedHelp')}</Fact>}
        {description !== undefined && <Fact name={t('vulnerabilities.description')}>{description}</Fact>}
        {links.length > 0 && (
          <Fact name={t('vulnerabilities.links')}>
            {links.map((url) => (
              <div key={url}>
                <WebLink url={url} />
              </div>
            ))}
          </Fact>
        )}
      </Facts>
    </DetailsPanel>
  );
}

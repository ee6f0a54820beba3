import { Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackageProblem, PackageSummary } from '../../src-main/common/packages.ts';
import { shortDigest } from '../ui/format.ts';
import classes from './packages.module.css';

export interface PackageProblemsProps {
  problems: PackageSummary['problems'];
  sboms: PackageSummary['sboms'];
}

/** Problems that are shown; an image of a million odd files has as many. */
const SHOWN = 100;

/** What was not read, or not wholly: packages may be missing. Nothing where all was. */
export function PackageProblems({ problems, sboms }: PackageProblemsProps) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  const id = useId();
  const unread = sboms.flatMap(({ digest, problem }): (PackageProblem & { sbom?: string })[] =>
    problem ? [{ ...problem, sbom: digest }] : [],
  );
  const all: readonly (PackageProblem & { sbom?: string })[] = [...problems, ...unread];
  if (all.length === 0) return null;
  const more = all.length - SHOWN;
  return (
    <div className={classes.problems}>
      <button
        type="button"
        className={classes.toggle}
        aria-expanded={opened}
        aria-controls={id}
        onClick={toggle}
      >
        <IconAlertTriangle size={15} aria-hidden className={classes.warn} />
        {t('packages.problems', { count: all.length })}
        {opened ? <IconChevronDown size={13} aria-hidden /> : <IconChevronRight size={13} aria-hidden />}
      </button>
      <Collapse expanded={opened}>
        <ul id={id}>
          {all.slice(0, SHOWN).map(({ code, reason, path, layer, sbom }, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one file may have two problems; the list never changes
            <li key={position}>
              {t(`packages.problemKinds.${code}`)}
              {path !== undefined && <code>{` /${path}`}</code>}
              {sbom !== undefined && <code>{` SBOM ${shortDigest(sbom)}`}</code>}
              {layer !== undefined && t('ui.aside', { text: t('image.layers.layer', { number: layer + 1 }) })}
              <span className={classes.quiet}>{` ${reason}`}</span>
            </li>
          ))}
          {more > 0 && <li className={classes.quiet}>{t('common.more', { count: more })}</li>}
        </ul>
      </Collapse>
    </div>
  );
}

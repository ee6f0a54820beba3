import { useTranslation } from 'react-i18next';
import type { TestStep } from '../../src-main/common/account.ts';
import type { RegistrySystem } from '../../src-main/common/registry.ts';
import { failureWords } from '../ui/failure-words.ts';

/** Products of which it is known why nothing is deleted through the registry's protocol, and where it can be. */
const DELETIONS = ['distribution', 'generic', 'dockerHub', 'ghcr'] as const;

/** What happened in a step that did not go well, and what to do about it; undefined where all went well. */
export function useStepWords(): (
  step: TestStep,
  system?: RegistrySystem,
) => { title: string; help: string } | undefined {
  const { t } = useTranslation();
  return ({ step, finding, failure }, system) => {
    if (finding === 'deleteDisabled') {
      const known = DELETIONS.find((each) => each === system);
      const title = t('accounts.findings.deleteDisabled.title');
      return { title, help: t(`accounts.deletions.${known ?? 'other'}`) };
    }
    if (finding) {
      return { title: t(`accounts.findings.${finding}.title`), help: t(`accounts.findings.${finding}.help`) };
    }
    // In the form: nobody is signed in yet, and the host is as silent as its address may be wrong.
    if (failure?.code === 'timeout' && (step === 'reach' || step === 'tls'))
      return { title: t('accounts.silent.title'), help: t('accounts.silent.help') };
    return failure && failureWords(t, failure);
  };
}

import type { TFunction } from 'i18next';
import type { RuleProblem } from '../../src-main/common/cleanup.ts';

/** What is wrong, in one sentence. */
export function problemText(t: TFunction, { code, found, allowed, message }: RuleProblem): string {
  // The words of YAML and of regular expressions are English in any language.
  const more = code === 'syntax' || code === 'regex' || code === 'pattern' ? message : undefined;
  const key = code === 'together' && allowed ? allowed[0] : undefined;
  return t(`cleanup.problems.${code}`, {
    found: found ?? '',
    allowed: (allowed ?? []).join(', '),
    other: key ?? '',
    words: more ?? '',
  });
}

/** Of a place in the rules and of what is below it. */
export function problemsAt(problems: readonly RuleProblem[], path: string): readonly RuleProblem[] {
  return problems.filter(
    ({ path: at }) => at === path || at.startsWith(`${path}.`) || at.startsWith(`${path}[`),
  );
}

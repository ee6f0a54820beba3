import type { ImportedRules } from '../../../common/cleanup.ts';
import type { RuleFormat } from '../../../common/rule-formats.ts';
import { ServiceError } from '../../errors.ts';
import { told } from '../problems.ts';
import { rulesOf, writeRules } from '../text.ts';
import { fromAcr } from './acr.ts';
import { fromEcr } from './ecr.ts';
import { fromGitLab } from './gitlab.ts';
import { fromHarbor } from './harbor.ts';
import { asFile, type Importer } from './notes.ts';
import { fromZot } from './zot.ts';

const IMPORTERS: Readonly<Record<RuleFormat, Importer>> = {
  harbor: fromHarbor,
  ecr: fromEcr,
  gitlab: fromGitLab,
  acr: fromAcr,
  zot: fromZot,
};

/**
 * Rules of another product as ours, with a note of all that they say and ours do not. They never delete what those would not, as far as
 * no note says otherwise.
 *
 * @param scope the project or repository that they are for, where they do not say it
 * @throws ServiceError `invalidInput` where it is something else
 */
export function importRules(format: RuleFormat, text: string, scope: string): ImportedRules {
  const notes: ImportedRules['notes'] = [];
  const taken = IMPORTERS[format](text, scope, (code, found) => notes.push({ code, found }));
  const read = rulesOf(asFile(taken));
  if ('rules' in read) return { rules: read.rules, text: writeRules(read.rules), notes };
  const [problem] = read.problems;
  throw new ServiceError('invalidInput', problem && told(problem, undefined).message);
}

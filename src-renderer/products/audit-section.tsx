import { AuditTable } from './audit-table.tsx';
import { ProjectChoice } from './project-choice.tsx';

export interface AuditSectionProps {
  accountId: string;
  /** The registry keeps a log for each of its projects, too: for who may not see all of it. */
  hasProjects: boolean;
  project: string | undefined;
  onProject: (project: string | undefined) => void;
}

/** The log of the registry, or of one of its projects. */
export function AuditSection({ accountId, hasProjects, project, onProject }: AuditSectionProps) {
  return (
    <>
      {hasProjects && <ProjectChoice accountId={accountId} value={project} clearable onChange={onProject} />}
      <AuditTable key={project} accountId={accountId} project={hasProjects ? project : undefined} />
    </>
  );
}

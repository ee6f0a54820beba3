import { recorded, replay } from './harbor-recorded.ts';
import { type Asking, bodyOf, done, forbidden, type Route, type Row, rowOf } from './harbor-rows.ts';
import type { Answer } from './server.ts';

/** The replayed Harbor's retention: one policy, and runs of it as recorded. */
export class HarborRetention {
  readonly #projects: Map<string, Row>;
  #retention: Row = rowOf('retention');
  /** Names in place of recorded ones, in what a run of retention says. */
  retained: Readonly<Record<string, string>> = {};

  constructor(projects: Map<string, Row>) {
    this.#projects = projects;
  }

  readonly routes: readonly Route[] = [
    ['POST /retentions', (asking) => this.#makeRetention(asking)],
    ['(?:GET|PUT) /retentions/1', (asking) => this.#policy(asking)],
    ['(?:GET|POST) /retentions/1/executions', (asking) => this.#retained(asking)],
    ['PATCH /retentions/1/executions/6', (asking) => this.#policy(asking) && replay('retention-stop')],
    ['GET /retentions/1/executions/5/tasks', () => replay('retention-tasks', this.retained)],
    [
      'GET /retentions/1/executions/5/tasks/[56]',
      () => ({
        ...replay('retention-task-log'),
        body: Object.entries(this.retained).reduce(
          (text, [from, to]) => text.replaceAll(from, to),
          recorded('retention-task-log').response.body as string,
        ),
      }),
    ],
  ];

  #policy(asking: Asking): Answer {
    const isRead = asking.seen.method === 'GET';
    if (!asking.may('tag-retention', isRead ? 'read' : 'update')) return replay('retention-guest');
    if (isRead) return { body: this.#retention };
    if (asking.seen.method === 'PUT') this.#retention = { ...this.#retention, ...bodyOf(asking) };
    return done;
  }

  #makeRetention(asking: Asking): Answer {
    if (!asking.may('tag-retention', 'create')) return forbidden();
    this.#retention = { ...bodyOf(asking), id: 1 };
    const { ref } = this.#retention.scope as { ref: number };
    for (const [name, row] of this.#projects)
      if (row.project_id === ref)
        this.#projects.set(name, { ...row, metadata: { ...(row.metadata as Row), retention_id: '1' } });
    return replay('retention-create');
  }

  #retained(asking: Asking): Answer {
    const isList = asking.seen.method === 'GET';
    if (!asking.may('tag-retention', isList ? 'list' : 'update')) return replay('retention-guest');
    if (isList) return replay('retention-executions');
    return replay(bodyOf(asking).dry_run ? 'retention-dry-run' : 'retention-run');
  }
}

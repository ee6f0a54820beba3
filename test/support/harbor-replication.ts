import { endpointRow } from './harbor-endpoints.ts';
import { recorded, replay } from './harbor-recorded.ts';
import { bodyOf, done, type HarborRows, ofSystem, paged, type Route, rowsOf } from './harbor-rows.ts';

/** The replayed Harbor's endpoints and rules of replication, and runs of these as recorded. */
export class HarborReplication {
  readonly #rows: HarborRows;
  readonly #registries = rowsOf('registries');
  readonly #policies = rowsOf('replication-policies');

  constructor(rows: HarborRows) {
    this.#rows = rows;
  }

  readonly routes: readonly Route[] = [
    ['GET /registries', (asking) => ofSystem(asking, () => paged(this.#registries, asking.query))],
    [
      'POST /registries',
      (asking) =>
        ofSystem(asking, () => this.#rows.add(this.#registries, asking, endpointRow({}, bodyOf(asking)))),
    ],
    [
      '(?:GET|PUT|DELETE) /registries/(\\d+)',
      (asking, id) => ofSystem(asking, () => this.#rows.one(this.#registries, id, asking, endpointRow)),
    ],
    ['GET /replication/adapters', (asking) => ofSystem(asking, () => replay('replication-adapters'))],
    ['GET /replication/policies', (asking) => ofSystem(asking, () => paged(this.#policies, asking.query))],
    [
      'POST /replication/policies',
      (asking) => ofSystem(asking, () => this.#rows.add(this.#policies, asking)),
    ],
    [
      '(?:GET|PUT|DELETE) /replication/policies/(\\d+)',
      (asking, id) => ofSystem(asking, () => this.#rows.one(this.#policies, id, asking)),
    ],
    ['GET /replication/executions', (asking) => ofSystem(asking, () => replay('replication-executions'))],
    ['POST /replication/executions', (asking) => ofSystem(asking, () => replay('replication-start'))],
    ['GET /replication/executions/12', () => ({ body: rowsOf('replication-executions')[0] ?? {} })],
    ['PUT /replication/executions/12', () => done],
    ['GET /replication/executions/12/tasks', () => replay('replication-tasks')],
    [
      'GET /replication/executions/12/tasks/14/log',
      () => ({
        ...replay('replication-task-log'),
        body: recorded('replication-task-log').response.body as string,
      }),
    ],
  ];
}

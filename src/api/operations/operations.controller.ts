import { noContent, ok, paged } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { OperationsService } from './operations.service.ts';
import type { ListDeadEventsQuery, ListJobsQuery } from './operations.validation.ts';
import { toDeadEventView, toJobView } from './operations.view.ts';

type ById = Input<{ params: { id: string } }>;

export class OperationsController {
  constructor(private readonly operations: OperationsService) {}

  listDeadEvents = async ({ query }: Input<{ query: ListDeadEventsQuery }>) =>
    paged(await this.operations.listDeadEvents(query), toDeadEventView);

  redrive = async ({ params }: ById) => {
    await this.operations.redrive(params.id);
    return noContent();
  };

  skip = async ({ params }: ById) => {
    await this.operations.skip(params.id);
    return noContent();
  };

  listJobs = async ({ query }: Input<{ query: ListJobsQuery }>) =>
    paged(await this.operations.listJobs(query), toJobView);

  getJob = async ({ params }: ById) => ok(toJobView(await this.operations.getJob(params.id)));

  retryJob = async ({ params }: ById) => {
    await this.operations.retryJob(params.id);
    return noContent();
  };
}

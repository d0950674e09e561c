import { apiRoot } from '../../http/envelope.ts';
import { accepted, ok, paged } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { ProductImportService } from './product-import.service.ts';
import type { ListErrorsQuery } from './product-import.validation.ts';
import { toImportErrorView, toImportView } from './product-import.view.ts';

interface ById {
  readonly id: string;
}

export class ProductImportController {
  constructor(private readonly imports: ProductImportService) {}

  create = async ({ caller, request, upload }: Input) => {
    const uploader = { userId: caller.userId, language: request.language };
    const view = toImportView(await this.imports.receive(uploader, upload));
    return accepted(view, { headers: { Location: `${apiRoot}/product-imports/${view.id}` } });
  };

  get = async ({ params }: Input<{ params: ById }>) => ok(toImportView(await this.imports.get(params.id)));

  listErrors = async ({ params, query }: Input<{ params: ById; query: ListErrorsQuery }>) =>
    paged(await this.imports.listErrors(params.id, query), toImportErrorView);
}

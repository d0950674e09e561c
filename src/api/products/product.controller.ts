import { apiRoot } from '../../http/envelope.ts';
import { created, noContent, ok, paged } from '../../http/reply.ts';
import type { Input } from '../../http/route.ts';
import type { ProductService } from './product.service.ts';
import type { ChangeProductBody, CreateProductBody, ListProductsQuery } from './product.validation.ts';
import { toProductView } from './product.view.ts';

interface ById {
  readonly id: string;
}

export class ProductController {
  constructor(private readonly products: ProductService) {}

  list = async ({ query }: Input<{ query: ListProductsQuery; caller: null }>) =>
    paged(await this.products.list(query), toProductView);

  get = async ({ params }: Input<{ params: ById; caller: null }>) =>
    ok(toProductView(await this.products.get(params.id)));

  create = async ({ body }: Input<{ body: CreateProductBody }>) => {
    const product = await this.products.create(body);
    return created(toProductView(product), { location: `${apiRoot}/products/${product.id}` });
  };

  change = async ({ params, body, expectedVersion }: Input<{ params: ById; body: ChangeProductBody }>) =>
    ok(toProductView(await this.products.change(params.id, body, expectedVersion)));

  remove = async ({ params, expectedVersion }: Input<{ params: ById }>) => {
    await this.products.remove(params.id, expectedVersion);
    return noContent();
  };
}

import { handle } from '../../jobs/jobs.ts';
import { defineModule } from '../../module.ts';
import { mapEach } from '../../utils/map-each.ts';
import { productsModule } from '../products/index.ts';
import { usersModule } from '../users/index.ts';
import { ImportChunk } from './import-chunk.model.ts';
import { ImportError } from './import-error.model.ts';
import { ImportRunService } from './import-run.service.ts';
import { CreateProductImports1763746000000 } from './migrations/1763746000000-create-product-imports.ts';
import { ProductImportController } from './product-import.controller.ts';
import { importProducts } from './product-import.jobs.ts';
import { ProductImport } from './product-import.model.ts';
import { ProductImportRepository } from './product-import.repository.ts';
import { productImportRoutes } from './product-import.routes.ts';
import { ProductImportService } from './product-import.service.ts';
import { toOwnImport } from './product-import.view.ts';

// Product imports from CSV files: an example of long work. The upload is parsed as a stream, and a job imports it in chunks.
// Each chunk is imported exactly once, in one transaction, also if the process crashes.

export const productImportsModule = defineModule({
  name: 'product-imports',
  path: '/product-imports',
  entities: [ProductImport, ImportChunk, ImportError],
  migrations: [CreateProductImports1763746000000],
  create: ({ db, clock, ids, jobs, use }) => {
    const { transaction } = db;
    const { catalogue } = use(productsModule);
    const imports = new ProductImportRepository(db);
    const service = new ProductImportService({
      imports,
      users: use(usersModule),
      jobs,
      transaction,
      clock,
      ids,
    });
    const runs = new ImportRunService({ imports, catalogue, transaction, clock, ids });
    return {
      api: {},
      routes: productImportRoutes(new ProductImportController(service)),
      jobs: [handle(importProducts, (run) => runs.run(run))],
      personalData: {
        exportFor: async (userId) => mapEach(imports.readAllOf(userId), toOwnImport),
        eraseFor: (userId) => imports.anonymizeUser(userId),
      },
      purge: (limit) => imports.purge(limit),
    };
  },
});

import { createProductBody, productsModule, type CreateProductBody } from '../../src/api/products/index.ts';
import { readCommandLine, refuse } from '../../src/utils/command-line.ts';
import { withDatabase } from '../../dev/open-database.ts';
import { openHeadless } from '../lib/app-without-http.ts';

// Example: a script makes a change on behalf of a user, in one transaction.
const usage = `Adds a product on behalf of an account:
  node --import tsx scripts/examples/add-product.ts admin@example.com SKU-1
`;
const [email = '', sku = ''] = readCommandLine(usage, { allowPositionals: true }).positionals;
const result = createProductBody.validate(
  { sku, name: 'Oak Lamp', description: 'Added by a script.', priceMinor: 1_990, currency: 'EUR', stock: 5 },
  { convert: false, errors: { label: 'path' } },
);
if (result.error !== undefined) refuse(`${result.error.message}.\n${usage}`);
const product: CreateProductBody = result.value;
await withDatabase(async (environment) => {
  const { use, as, db, close } = await openHeadless(environment);
  try {
    // Pass only validated input, as here. The service does not validate it, because routes normally do.
    await as({ email }, () => db.transaction(() => use(productsModule).catalogue.store([product])));
    process.stdout.write(`Stored ${product.sku}.\n`);
  } finally {
    await close();
  }
});

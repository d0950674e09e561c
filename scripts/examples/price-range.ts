import { productsModule } from '../../src/api/products/index.ts';
import { readCommandLine } from '../../src/utils/command-line.ts';
import { withDatabase } from '../../dev/open-database.ts';
import { openHeadless } from '../lib/app-without-http.ts';

// Example: a script reads through the public interface of a module.
readCommandLine(
  `Prints the lowest and highest price per currency:
  node --import tsx scripts/examples/price-range.ts
`,
  {},
);
await withDatabase(async (environment) => {
  const { use, close } = await openHeadless(environment);
  try {
    const ranges = new Map<string, { min: number; max: number; count: number }>();
    for await (const batch of use(productsModule).catalogue.prices()) {
      for (const { currency, priceMinor } of batch) {
        const { min, max, count } = ranges.get(currency) ?? { min: priceMinor, max: priceMinor, count: 0 };
        ranges.set(currency, {
          min: Math.min(min, priceMinor),
          max: Math.max(max, priceMinor),
          count: count + 1,
        });
      }
    }
    for (const [currency, { min, max, count }] of ranges)
      process.stdout.write(`${currency} ${count} products, ${min} to ${max} (minor units)\n`);
  } finally {
    await close();
  }
});

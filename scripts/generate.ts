import { main } from './generate/main.ts';

process.exitCode = await main(process.argv.slice(2));

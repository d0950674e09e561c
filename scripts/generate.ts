import { main } from './kit/generate/main.ts';

process.exitCode = await main(process.argv.slice(2));

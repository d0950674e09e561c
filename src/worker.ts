import { modules } from './modules.ts';
import { work } from './work.ts';

// The same modules as in server.ts.
work(modules);

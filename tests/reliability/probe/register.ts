import type { ModuleDefinition } from '../../../src/module.ts';
import { modules } from '../../../src/modules.ts';
import { probeModule } from './probe.module.ts';

// Preloaded into server.ts and worker.ts, which run unchanged except for this additional module.
(modules as ModuleDefinition[]).push(probeModule);

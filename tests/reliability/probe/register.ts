import type { ModuleDefinition } from '../../../src/module.ts';
import { modules } from '../../../src/modules.ts';
import { probeModule } from './probe.module.ts';

// Loaded before server.ts and worker.ts. They then run unchanged, but with one more module.
(modules as ModuleDefinition[]).push(probeModule);

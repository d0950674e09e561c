import type { ModuleDefinition } from '../../../src/module.ts';
import { modules } from '../../../src/modules.ts';
import { probeModule } from './probe.module.ts';

// Preloaded before server.ts and worker.ts, which then run unchanged with one more module.
(modules as ModuleDefinition[]).push(probeModule);

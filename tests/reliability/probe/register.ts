import type { ModuleDefinition } from '../../../src/module.ts';
import { modules } from '../../../src/modules.ts';
import { probeModule } from './probe.module.ts';

// Loaded before server.ts and worker.ts, which then run exactly as they are, with one module more.
(modules as ModuleDefinition[]).push(probeModule);

import { modules } from './modules.ts';
import { serve } from './serve.ts';

serve(modules);

import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import Runtime from 'jest-runtime';
import { register as registerTypeScript } from 'tsx/esm/api';
import { setGlobals } from './globals.js';

const require = createRequire(import.meta.url);

process.setSourceMapsEnabled(true);
registerTypeScript();
// Set TMPDIR after tsx is registered: tsx keeps its compile cache in the original one, for the next run.
if (process.env.STRATA_TEST_TMPDIR !== undefined) process.env.TMPDIR = process.env.STRATA_TEST_TMPDIR;

// A killed Jest cannot stop its workers, and open servers would keep them running: exit with it.
const end = () => process.exit(1);
process.once('disconnect', end);
if (process.send !== undefined && !process.connected) end();
register('./resolve-globals.js', import.meta.url);

/**
 * A Jest runtime that loads modules with Node, once per process. Jest would load them again for each test file, which takes
 * about a second per file that starts a service and leaks memory.
 * Test files of a process share modules, so modules in src and tests must not keep state. Tests also pass without it.
 */
export default class SharedRuntime extends Runtime {
  setGlobalsForRuntime(globals) {
    setGlobals({ ...globals, jest: this.jestGlobals.jestObjectFor(this._testPath) });
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    // Jest's stack traces use source maps of Jest's own compiler; Node has the source maps of modules it loaded.
    Error.prepareStackTrace = undefined;
    await import(pathToFileURL(path).href);
  }

  /** Reloads the requested module of Jest for each file. Its dependencies stay loaded. */
  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(path);
  }
}

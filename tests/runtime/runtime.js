import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import Runtime from 'jest-runtime';
import { register as registerTypeScript } from 'tsx/esm/api';
import { setGlobals } from './globals.js';

const require = createRequire(import.meta.url);

process.setSourceMapsEnabled(true);
registerTypeScript();
// Set TMPDIR only after tsx is registered, so that tsx keeps its compile cache in the original folder, where the next
// run finds it.
if (process.env.STRATA_TEST_TMPDIR !== undefined) process.env.TMPDIR = process.env.STRATA_TEST_TMPDIR;

// Exit when Jest has ended: a killed Jest cannot stop its workers, and open servers would keep them running.
const end = () => process.exit(1);
process.once('disconnect', end);
if (process.send !== undefined && !process.connected) end();
register('./resolve-globals.js', import.meta.url);

/**
 * A Jest runtime that lets Node load each module once per process. Jest itself loads all modules again for each test
 * file. That takes about a second for each file that starts a service, and leaks memory.
 * The test files of a process share their modules, so modules in src and tests must not keep state. The tests also pass
 * with Jest's own runtime.
 */
export default class SharedRuntime extends Runtime {
  setGlobalsForRuntime(globals) {
    setGlobals({ ...globals, jest: this.jestGlobals.jestObjectFor(this._testPath) });
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    // Use Node's stack traces. Those of Jest use the source maps of its own compiler, but Node has loaded the modules
    // and has the right source maps.
    Error.prepareStackTrace = undefined;
    await import(pathToFileURL(path).href);
  }

  /** Loads the requested module of Jest again for each test file, but not the modules that it imports. */
  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(path);
  }
}

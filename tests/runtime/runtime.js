import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';
import Runtime from 'jest-runtime';
import { register as registerTypeScript } from 'tsx/esm/api';
import { setGlobals } from './globals.js';

const require = createRequire(import.meta.url);

process.setSourceMapsEnabled(true);
registerTypeScript();
// After that, because what was compiled is kept in the machine's own temporary directory, for the next run.
if (process.env.STRATA_TEST_TMPDIR !== undefined) process.env.TMPDIR = process.env.STRATA_TEST_TMPDIR;

// Jest that was killed cannot end its workers, and servers in them would keep them running.
const end = () => process.exit(1);
process.once('disconnect', end);
if (process.send !== undefined && !process.connected) end();
register('./resolve-globals.js', import.meta.url);

/**
 * Lets Node load what the tests import, once for each of Jest's processes, where Jest itself would load all of it again for
 * every file: a second for each file that starts a service, and memory that is never given back.
 * Files share their modules this way, which is why neither src nor tests keep state in one. Everything works without it.
 */
export default class SharedRuntime extends Runtime {
  setGlobalsForRuntime(globals) {
    setGlobals({ ...globals, jest: this.jestGlobals.jestObjectFor(this._testPath) });
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    // Jest's own knows the source maps of what Jest has compiled; Node knows those of what Node has loaded.
    Error.prepareStackTrace = undefined;
    await import(pathToFileURL(path).href);
  }

  /** Of Jest's own modules, the one that is asked for begins anew with each file; those behind it stay. */
  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(path);
  }
}

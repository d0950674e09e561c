// Jest makes these for each file, but a module is loaded once: so each of them looks up what is there when it is used.
const current = (name) =>
  new Proxy(() => undefined, {
    apply: (_target, _this, args) => globalThis.strataTestGlobals[name](...args),
    get: (_target, key) => globalThis.strataTestGlobals[name][key],
  });

export const afterAll = current('afterAll');
export const afterEach = current('afterEach');
export const beforeAll = current('beforeAll');
export const beforeEach = current('beforeEach');
export const describe = current('describe');
export const expect = current('expect');
export const it = current('it');
export const jest = current('jest');
export const test = current('test');

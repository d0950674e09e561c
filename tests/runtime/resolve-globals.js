/** Resolves `@jest/globals` to ./globals.js, because the package throws outside Jest's own module loader. */
export function resolve(specifier, context, nextResolve) {
  if (specifier !== '@jest/globals') return nextResolve(specifier, context);
  return { url: new URL('./globals.js', import.meta.url).href, shortCircuit: true };
}

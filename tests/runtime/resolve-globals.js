/**
 * Resolves `@jest/globals` to ./globals.js. The real package throws an error if Jest's own module loader did not load
 * it.
 */
export function resolve(specifier, context, nextResolve) {
  if (specifier !== '@jest/globals') return nextResolve(specifier, context);
  return { url: new URL('./globals.js', import.meta.url).href, shortCircuit: true };
}

import { resolve } from 'node:path';
import { Eta } from 'eta';
import { format, resolveConfig } from 'prettier';

const eta = new Eta({ views: resolve(import.meta.dirname, 'templates'), autoEscape: false, useWith: true });

/** Formats a text with Prettier. The path decides how the text is parsed. */
export const formatted = async (path: string, text: string): Promise<string> =>
  format(text, { ...(await resolveConfig(resolve(path))), filepath: path });

/** Renders a template from the folder `templates` and formats the result for this path. */
export const render = (template: string, data: object, path: string): Promise<string> =>
  formatted(path, eta.render(template, data));

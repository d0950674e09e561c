import { resolve } from 'node:path';
import { Eta } from 'eta';
import { format, resolveConfig } from 'prettier';

const eta = new Eta({ views: resolve(import.meta.dirname, 'templates'), autoEscape: false, useWith: true });

/** The text as the formatter would leave it in this file. */
export const formatted = async (path: string, text: string): Promise<string> =>
  format(text, { ...(await resolveConfig(resolve(path))), filepath: path });

/** A template below `templates`, filled in and formatted for this file. */
export const render = (template: string, data: object, path: string): Promise<string> =>
  formatted(path, eta.render(template, data));

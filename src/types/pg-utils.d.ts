declare module 'pg/lib/utils.js' {
  /** Contains the conversion of parameters that pg applies to every query. */
  const utils: { prepareValue(value: unknown): Buffer | string | null };
  export = utils;
}

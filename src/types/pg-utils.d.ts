declare module 'pg/lib/utils.js' {
  /** The part of pg that converts the parameters of every query. */
  const utils: { prepareValue(value: unknown): Buffer | string | null };
  export = utils;
}

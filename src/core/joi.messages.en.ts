const badFormat = 'has an invalid format';

/** Replaces only the messages of Joi that quote the value, because replies and logs must not contain input. */
export const en: Readonly<Record<string, string>> = {
  'string.pattern.base': badFormat,
  'string.pattern.name': badFormat,
  'string.pattern.invert.base': badFormat,
  'string.pattern.invert.name': badFormat,
};

const badFormat = 'hat eine Form, die nicht erlaubt ist';
const badUri = 'muss eine gültige URI sein';
const entries = '{{#limit}} {if(#limit == 1, "Eintrag", "Einträge")}';
const keys = '{{#limit}} {if(#limit == 1, "Feld", "Felder")}';

export const de: Readonly<Record<string, string>> = {
  'any.required': 'ist erforderlich',
  'any.unknown': 'ist nicht erlaubt',
  'any.invalid': 'hat einen Wert, der nicht erlaubt ist',
  'any.only': 'muss einer dieser Werte sein: {{#valids}}',

  'string.base': 'muss ein Text sein',
  'string.empty': 'darf nicht leer sein',
  'string.min': 'muss mindestens {{#limit}} Zeichen lang sein',
  'string.max': 'darf höchstens {{#limit}} Zeichen lang sein',
  'string.length': 'muss genau {{#limit}} Zeichen lang sein',
  'string.pattern.base': badFormat,
  'string.pattern.name': badFormat,
  'string.pattern.invert.base': badFormat,
  'string.pattern.invert.name': badFormat,
  'string.email': 'muss eine gültige E-Mail-Adresse sein',
  'string.guid': 'muss eine gültige GUID sein',
  'string.isoDate': 'muss ein Zeitpunkt nach ISO 8601 sein',
  'string.uri': badUri,
  'string.uriCustomScheme': badUri,
  'string.uriRelativeOnly': 'muss eine gültige relative URI sein',
  'string.trim': 'darf nicht mit Leerraum beginnen oder enden',
  'string.normalize': 'muss in der Unicode-Form {{#form}} stehen',

  'number.base': 'muss eine Zahl sein',
  'number.integer': 'muss eine ganze Zahl sein',
  'number.min': 'muss mindestens {{#limit}} sein',
  'number.max': 'darf höchstens {{#limit}} sein',
  'number.greater': 'muss größer als {{#limit}} sein',
  'number.less': 'muss kleiner als {{#limit}} sein',
  'number.multiple': 'muss ein Vielfaches von {{#multiple}} sein',
  'number.positive': 'muss größer als 0 sein',
  'number.negative': 'muss kleiner als 0 sein',
  'number.port': 'muss eine gültige Portnummer sein',
  'number.infinity': 'darf nicht unendlich sein',
  'number.unsafe': 'muss sich ohne Verlust darstellen lassen',

  'boolean.base': 'muss true oder false sein',

  'array.base': 'muss eine Liste sein',
  'array.min': `muss mindestens ${entries} haben`,
  'array.max': `darf höchstens ${entries} haben`,
  'array.length': `muss genau ${entries} haben`,
  'array.unique': 'kommt in der Liste schon vor',
  'array.includes': 'passt zu keinem der erlaubten Typen',
  'array.excludes': 'ist in der Liste nicht erlaubt',
  'array.sparse': 'darf nicht fehlen',

  'object.base': 'muss ein Objekt sein',
  'object.unknown': 'ist nicht erlaubt',
  'object.min': `muss mindestens ${keys} haben`,
  'object.max': `darf höchstens ${keys} haben`,
  'object.length': `muss genau ${keys} haben`,
  'object.pattern.match': 'hat Felder, die nicht erlaubt sind',

  'alternatives.match': 'passt zu keinem der erlaubten Typen',
  'alternatives.any': 'passt zu keinem der erlaubten Typen',
  'alternatives.all': 'passt nicht zu allen verlangten Typen',
  'alternatives.one': 'passt zu mehr als einem der erlaubten Typen',
  'alternatives.types': 'muss einer dieser Typen sein: {{#types}}',
};

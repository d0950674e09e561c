/**
 * The error texts of a generated module in one language. `label` is the name of an entry, and `field` the name of one
 * of its fields.
 */
interface ErrorTexts {
  readonly notFound: (label: string) => string;
  readonly taken: (label: string, field: string) => string;
  readonly missing: (label: string, field: string) => string;
  readonly inUse: (label: string) => string;
}

const english: ErrorTexts = {
  notFound: (label) => `The ${label} does not exist.`,
  taken: (label, field) => `The ${field} is already used by another ${label}.`,
  missing: (label, field) => `The ${field} of the ${label} does not exist.`,
  inUse: (label) => `Other data refers to this ${label}. Remove it first.`,
};

const translations: Readonly<Record<string, ErrorTexts>> = {
  // #region de
  de: {
    notFound: (label) => `Der Eintrag existiert nicht: ${label}.`,
    taken: (label, field) => `Ein anderer Eintrag (${label}) hat diesen Wert bereits: ${field}.`,
    missing: (label, field) => `Der Verweis des Eintrags (${label}) existiert nicht: ${field}.`,
    inUse: (label) => `Andere Daten verweisen auf diesen Eintrag (${label}). Entfernen Sie diese zuerst.`,
  },
  // #endregion
};

/** Returns the error texts in a language. Returns the English texts if there is no translation. */
export const errorTextsIn = (language: string): ErrorTexts => translations[language] ?? english;

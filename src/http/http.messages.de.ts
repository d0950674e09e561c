import type { en } from './http.messages.en.ts';

export const de: typeof en = {
  rules: {
    idempotencyKeyMissing:
      'ist erforderlich: für jede neue Absicht einen neuen zufälligen Schlüssel, bei Wiederholung denselben',
    idempotencyKeyMalformed: 'muss aus 16 bis 255 Buchstaben, Ziffern, - oder _ bestehen',
    once: 'darf nur einmal angegeben werden',
    notAllowed: 'ist nicht erlaubt',
    noNul: 'darf kein NUL enthalten',
    jsonText: 'darf kein NUL und kein halbes Surrogatpaar enthalten',
    jsonDepth: (max) => `darf nicht tiefer als ${max} verschachtelt sein`,
    jsonKeys: (max) => `darf höchstens ${max} Felder und Einträge haben`,
    jsonProto: 'darf kein Feld __proto__ haben',
    jsonKey: 'darf kein Feld haben, dessen Name NUL oder ein halbes Surrogatpaar enthält',
  },
};

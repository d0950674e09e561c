import type { en } from './product-import.messages.en.ts';

export const de: typeof en = {
  errors: {
    notFound: 'Diesen Import gibt es nicht.',
    wrongHeader:
      'Die erste Zeile muss sku,name,description,priceMinor,currency,stock lauten; details nennt, was abweicht.',
    malformed:
      'Die Anführungszeichen einer Zeile stimmen nicht; details nennt die Zeile. Bitte jedes schließen und die in einem Wert verdoppeln.',
    wrongEncoding: 'Die Datei ist kein Text in UTF-8; details nennt die Zeile. Bitte als UTF-8 speichern.',
    lineTooLong:
      'Eine Zeile ist länger als 65.536 Zeichen; details nennt die Zeile. Bitte ihre Werte kürzen oder ihr Anführungszeichen schließen.',
  },
  rules: {
    emptyFile: 'die Datei ist leer',
    singleQuotedCell:
      'ist eine einzige Zelle in Anführungszeichen: bitte jede Zelle einzeln in Anführungszeichen setzen, nicht die ganze Zeile',
    semicolons: 'muss durch Kommas getrennt sein, nicht durch Semikolons',
    tabs: 'muss durch Kommas getrennt sein, nicht durch Tabulatoren',
    pipes: 'muss durch Kommas getrennt sein, nicht durch |',
    unexpectedColumn: 'ist eine unerwartete Spalte',
    missingColumn: (name) => `fehlt: ${name}`,
    whiteSpace: (name) => `muss ${name} sein, ohne Leerraum`,
    wrongColumn: (name) => `muss ${name} sein`,
    notUtf8: 'enthält ein Byte, das kein UTF-8 ist; die Datei ist vielleicht Latin-1 oder Windows-1252',
    nul: 'enthält ein NUL-Zeichen; die Datei ist vielleicht UTF-16',
    utf16: 'ist Text in UTF-16',
    valueCount: (count) => `muss ${count} Werte haben`,
  },
};

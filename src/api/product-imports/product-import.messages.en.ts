export const en = {
  errors: {
    notFound: 'There is no such import.',
    wrongHeader:
      'The first line must be sku,name,description,priceMinor,currency,stock. The details list the differences.',
    malformed:
      'A line has unbalanced quotation marks; see the line in details. Close each quotation mark, and double those inside a value.',
    wrongEncoding: 'The file is not UTF-8 text; see the line in details. Save the file as UTF-8.',
    lineTooLong:
      'A line is longer than 65,536 characters; see the line in details. Shorten its values, or close its quotation mark.',
  },
  rules: {
    emptyFile: 'the file is empty',
    singleQuotedCell: 'is a single quoted cell: put quotation marks around each cell, not around the line',
    semicolons: 'must be separated by commas, not by semicolons',
    tabs: 'must be separated by commas, not by tabs',
    pipes: 'must be separated by commas, not by |',
    unexpectedColumn: 'is an unexpected column',
    missingColumn: (name: string) => `is missing: ${name}`,
    whiteSpace: (name: string) => `must be ${name}, without white space`,
    wrongColumn: (name: string) => `must be ${name}`,
    notUtf8: 'contains a byte that is not UTF-8; the file may be Latin-1 or Windows-1252',
    nul: 'contains a NUL character; the file may be UTF-16',
    utf16: 'is text in UTF-16',
    valueCount: (count: number) => `must have ${count} values`,
  },
};

import type { en } from './order.messages.en.ts';

export const de: typeof en = {
  errors: {
    notFound: 'Diese Bestellung gibt es nicht.',
    outOfStock: 'Von den Produkten in details ist nicht genug vorrätig.',
    productGone: 'Die Produkte in details werden nicht verkauft.',
    mixedCurrencies: 'Die Produkte haben verschiedene Währungen: bitte getrennt bestellen.',
    notCancellable: 'Nur eine offene oder bezahlte Bestellung kann storniert werden.',
    notShippable: 'Nur eine bezahlte Bestellung kann versandt werden.',
    notDeliverable: 'Nur eine versandte Bestellung kann zugestellt werden.',
  },
  rules: {
    country: 'muss ein Ländercode aus zwei Großbuchstaben sein (ISO 3166-1), zum Beispiel DE',
    productRepeated: 'steht schon in einer anderen Position; bitte die Mengen zusammenzählen',
  },
};

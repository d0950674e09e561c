import type { en } from './core.messages.en.ts';

export const de: typeof en = {
  errors: {
    validation: 'Die Anfrage ist nicht gültig; siehe details.',
    malformedJson: 'Der Inhalt ist kein gültiges JSON.',
    malformedUrl: 'Die URL ist nicht richtig prozentkodiert.',
    badRequest: 'Die Anfrage ist nicht lesbar.',
    unauthenticated: 'Bitte anmelden und ein gültiges Zugriffstoken senden.',
    forbidden: 'Dafür fehlt die Berechtigung.',
    mfaRequired: 'Das verlangt eine Anmeldung mit zweitem Faktor: bitte einrichten und damit anmelden.',
    recentSignInRequired: 'Das verlangt eine Anmeldung in den letzten zehn Minuten: bitte neu anmelden.',
    httpsRequired: 'Bitte https verwenden: Über einfaches http antwortet dieser Dienst nicht.',
    notFound: 'Diesen Pfad gibt es nicht; /openapi.json nennt alle Pfade.',
    methodNotAllowed: 'Dieser Pfad unterstützt diese Methode nicht; siehe den Header Allow.',
    requestTimeout: 'Die Anfrage ist nicht rechtzeitig angekommen; bitte erneut senden.',
    preconditionFailed: 'Es hat sich seit dem Lesen geändert; bitte neu lesen und die Änderung wiederholen.',
    tooLarge: 'Der Inhalt ist zu groß.',
    headersTooLarge: 'Die URL und die Header sind zu groß; bitte weniger als 16 kB senden.',
    unsupportedMediaType:
      'Bitte JSON in UTF-8 mit Content-Type: application/json senden, oder was in details als expected steht.',
    idempotencyInFlight:
      'Eine Anfrage mit diesem Idempotency-Key wird gerade ausgeführt; bitte gleich wiederholen.',
    idempotencyKeyReused:
      'Dieser Idempotency-Key gehört zu einer anderen Anfrage; bitte einen neuen verwenden.',
    conflict: 'Die Änderung widerspricht gespeicherten Daten.',
    tooMany: 'Zu viele Anfragen; bitte die Sekunden in Retry-After abwarten.',
    internal: 'Im Dienst ist ein Fehler aufgetreten. Bitte beim Melden die requestId nennen.',
    unavailable: 'Der Dienst ist vorübergehend nicht erreichbar; bitte gleich noch einmal versuchen.',
    deadlineExceeded: 'Die Anfrage hat zu lange gedauert; bitte gleich noch einmal versuchen.',
  },
  rules: {
    oneOfOrNull: 'muss einer der genannten Werte oder null sein',
    uuid: 'muss eine UUID sein',
    notBlank: 'darf nicht nur aus Leerraum bestehen',
    currency: 'muss der Code einer Währung nach ISO 4217 sein, etwa EUR',
    currencyCode: 'muss ein Währungscode aus drei Großbuchstaben sein (ISO 4217)',
    decimal: (scale, example) =>
      `muss eine Zahl als Text mit ${scale} Stellen nach dem Punkt sein, etwa ${example}, in ihren Grenzen`,
    jsonBytes: 'darf als JSON höchstens {{#maxBytes}} Bytes lang sein',
    day: 'muss ein Tag des Kalenders sein, etwa 2026-01-31',
    moment: 'muss ein Zeitpunkt in UTC sein, etwa 2026-01-31T09:30:00Z',
    sort: (max, fields) => `muss bis zu ${max} von ${fields} nennen, jeweils mit oder ohne - davor`,
    sortTwice: 'darf jedes Feld nur einmal nennen',
    cursor:
      'muss ein nextCursor dieser Liste in derselben Reihenfolge sein; bitte mit leerem cursor neu beginnen',
    cursorWithPage: 'geht nicht zusammen mit page; bitte nur eines von beiden angeben',
  },
};

import { Router, type RequestHandler } from 'express';
import helmet from 'helmet';
import { successBody } from '../http/envelope.ts';
import { methodNotAllowed } from '../http/router.ts';
import type { Mail } from '../core/ports.ts';
import { escapeHtml } from '../utils/html.ts';
import { htmlPage } from './page.ts';

interface StoredMail extends Mail {
  readonly keptAt: string;
}

/** Mails that were stored instead of sent. */
interface StoredMails {
  /** Returns all stored mails, newest first. */
  list(): Promise<readonly StoredMail[]>;
}

const policy = (styleSrc: string): RequestHandler =>
  helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: [styleSrc],
      imgSrc: ['data:'],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
    },
  });
const pagePolicy = policy("'self'");
// The content security policy of a mail. It allows inline styles, because mails have no stylesheet.
const mailPolicy = policy("'unsafe-inline'");

const style = `body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.4rem 0.6rem; border-bottom: 1px solid #d1d9e0; text-align: left; }
pre { padding: 1rem; background: #f6f8fa; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
`;

const page = (title: string, content: string): string =>
  htmlPage({ title, stylesheet: '/dev/mail.css' }, `<h1>${escapeHtml(title)}</h1>\n    ${content}`);

const row = ({ id, subject, to, keptAt }: StoredMail): string =>
  `<tr><td><a href="/dev/mail/${escapeHtml(id)}">${escapeHtml(subject)}</a></td>` +
  `<td>${escapeHtml(to)}</td><td>${escapeHtml(keptAt)}</td></tr>`;

function listPage(mails: readonly StoredMail[]): string {
  const table = `<table><tr><th>Subject</th><th>To</th><th>Time</th></tr>${mails.map(row).join('\n')}</table>`;
  return page('Mails', mails.length === 0 ? '<p>There is no mail yet.</p>' : table);
}

const withLinks = (text: string): string =>
  escapeHtml(text).replace(/https?:\/\/\S+/g, (url) => `<a href="${url}">${url}</a>`);

const mailPage = ({ id, subject, to, keptAt, text }: StoredMail): string =>
  page(
    subject,
    `<p>To ${escapeHtml(to)}, ${escapeHtml(keptAt)}</p>
    <pre>${withLinks(text)}</pre>
    <p><a href="/dev/mail/${escapeHtml(id)}/html">As HTML</a> · <a href="/dev/mail">All mails</a></p>`,
  );

/** Serves the stored mails during development, as pages at `/dev/mail` and as JSON at `/dev/mail.json`. */
export function devMailRoutes(mails: StoredMails): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const find = async (id: unknown): Promise<StoredMail | undefined> =>
    (await mails.list()).find((mail) => mail.id === id);

  router.use('/dev', (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.get('/dev/mail', pagePolicy, async (_req, res) => {
    res.type('html').send(listPage(await mails.list()));
  });
  router.get('/dev/mail.json', async (_req, res) => {
    const data = (await mails.list()).map(({ html: _html, ...mail }) => mail);
    res.type('json').send(`${JSON.stringify(successBody(data), null, 2)}\n`);
  });
  router.get('/dev/mail.css', (_req, res) => {
    res.type('css').send(style);
  });
  router.get('/dev/mail/:id', pagePolicy, async ({ params }, res, next) => {
    const mail = await find(params['id']);
    if (mail === undefined) next();
    else res.type('html').send(mailPage(mail));
  });
  router.get('/dev/mail/:id/html', mailPolicy, async ({ params }, res, next) => {
    const mail = await find(params['id']);
    if (mail === undefined) next();
    else res.type('html').send(mail.html);
  });
  router.all(['/dev/mail', '/dev/mail.json', '/dev/mail.css'], methodNotAllowed(['get']));
  return router;
}

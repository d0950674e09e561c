import type { Language } from '../../core/languages.ts';
import { escapeHtml } from '../../utils/html.ts';
import { MailText, neutralize, type MailReader } from './mail-text.ts';
import type { MailBlock, MailTemplate } from './mail-template.ts';
import type { Recipient } from './mail.api.ts';
import { mailMessages } from './mail.messages.ts';

/** A rendered mail. */
export interface MailContent {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

interface Rendering<Values> {
  readonly template: MailTemplate<Values>;
  readonly values: Values;
  readonly appName: string;
}

// Replaces all control characters with a space. A line break would allow header injection, and other control characters
// do not belong in a header either.
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/**
 * Renders a mail in the recipient's language, as text and as HTML without external resources. Throws for links that
 * are not http or https.
 */
export function renderMail<Values>(
  { email, language, name, emailVerified: isVerified }: Recipient,
  { template, values, appName }: Rendering<Values>,
): MailContent {
  const reader = { isVerified };
  const title = oneLine(template.subject(values)[language].render(reader));
  const shownName = isVerified ? neutralize(name ?? '') : '';
  const greeting = `${mailMessages.greeting[language]}${shownName === '' ? '' : ` ${shownName}`},`;
  const blocks = template
    .body(values)
    [language].filter((block) => isVerified || !(block instanceof MailText) || !block.hasUntrustedText())
    .map((block) => renderBlock(block, reader));
  const closing = mailMessages.closing(appName)[language];
  return {
    to: oneLine(email),
    subject: title,
    text: [greeting, ...blocks.map(blockText), `-- \n${closing}`].join('\n\n') + '\n',
    html: page({
      language,
      title: escapeHtml(title),
      appName: escapeHtml(appName),
      content: [greeting, ...blocks].map(blockHtml).join('\n'),
      closing: escapeHtml(closing),
    }),
  };
}

/** A rendered paragraph or link. */
type ShownBlock = string | { readonly label: string; readonly url: string };

const renderBlock = (block: MailBlock, reader: MailReader): ShownBlock =>
  block instanceof MailText
    ? block.render(reader)
    : { label: block.label.render(reader), url: webAddress(block.url) };

const blockText = (block: ShownBlock): string =>
  typeof block === 'string' ? block : `${block.label}:\n${block.url}`;

function blockHtml(block: ShownBlock): string {
  if (typeof block === 'string') return `<p>${escapeHtml(block)}</p>`;
  const url = escapeHtml(block.url);
  // Show the URL as text too, because some mail programs show no links and some readers want to see the target.
  return `<p><a href="${url}" style="${buttonStyle}">${escapeHtml(block.label)}</a></p>
<p style="${smallStyle}">${url}</p>`;
}

function webAddress(url: string): string {
  if (!/^https?:\/\/\S+$/.test(url)) throw new Error('A link in a mail must be an http or https URL.');
  return url;
}

// Uses inline styles, because many mail programs drop style sheets.
const bodyStyle =
  'margin:0 auto;max-width:36em;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1f2328;background:#ffffff';
const buttonStyle =
  'display:inline-block;padding:10px 18px;border-radius:6px;background:#1f5fbf;color:#ffffff;text-decoration:none';
const smallStyle = 'font-size:13px;color:#59636e;word-break:break-all';

interface PageParts {
  readonly language: Language;
  readonly title: string;
  readonly appName: string;
  readonly content: string;
  readonly closing: string;
}

const page = ({ language, title, appName, content, closing }: PageParts): string => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body style="${bodyStyle}">
<p><strong>${appName}</strong></p>
${content}
<p style="${smallStyle}">${closing}</p>
</body>
</html>
`;

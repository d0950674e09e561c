import { Router } from 'express';
import helmet from 'helmet';
import { currentContext } from '../core/context.ts';
import { defaultLanguage, type Language } from '../core/languages.ts';
import { apiRoot } from '../http/envelope.ts';
import { methodNotAllowed } from '../http/router.ts';
import { escapeHtml } from '../utils/html.ts';
import { htmlPage } from './page.ts';
import { accountPageNames, type AccountPage, type FormTexts } from './account-texts.ts';
import { accountMessages } from './account.messages.ts';

/** The API route to which each page sends the token from the link. */
const actions: Readonly<Record<AccountPage, string>> = {
  'verify-email': `${apiRoot}/auth/email/verify`,
  'reset-password': `${apiRoot}/auth/password/reset`,
  'confirm-email': `${apiRoot}/auth/email/change/confirm`,
  // #region organizations
  'accept-invitation': `${apiRoot}/organizations/invitations/accept`,
  // #endregion
};

const pagePolicy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ['data:'],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
  },
});

// Served as a separate file, because the content security policy allows no inline scripts.
const script = `const form = document.querySelector('form');
const outcome = document.querySelector('#outcome');
const request = document.querySelector('pre');
const token = new URLSearchParams(location.hash.slice(1)).get('token');

// Remove the token from the address bar and the history.
history.replaceState(null, '', location.pathname);
// Reload when only the fragment changes, as when the user opens a second link to the same page in the same tab.
addEventListener('hashchange', () => location.reload());

function show(text) {
  outcome.textContent = text;
  outcome.hidden = false;
}

async function send() {
  const response = await fetch(form.dataset.action, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token, ...Object.fromEntries(new FormData(form)) }),
  });
  if (response.ok) return true;
  const { message, details = [] } = await response.json();
  show(details.map((detail) => detail.message).join(' ') || message);
  return false;
}

if (token === null) {
  show(outcome.dataset.incomplete);
} else if (form === null) {
  request.textContent = 'POST ' + request.dataset.action + '\\n' + JSON.stringify({ token });
  request.hidden = false;
} else {
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      form.hidden = await send();
      if (form.hidden) show(outcome.dataset.done);
    } catch {
      show(outcome.dataset.failed);
    } finally {
      button.disabled = false;
    }
  });
}
`;

const style = `body { max-width: 32rem; margin: 4rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #1f2328; background: #fff; }
label, input { display: block; width: 100%; box-sizing: border-box; }
input { margin: 0.3rem 0 1rem; padding: 0.6rem; font: inherit; border: 1px solid #818b98; border-radius: 6px; }
button { padding: 0.6rem 1.2rem; font: inherit; color: #fff; background: #1f5fbf; border: 0; border-radius: 6px; cursor: pointer; }
button:disabled { opacity: 0.6; }
pre { padding: 1rem; background: #f6f8fa; white-space: pre-wrap; overflow-wrap: anywhere; }
[hidden] { display: none; }
`;

function formOf(action: string, { button, password }: FormTexts): string {
  const field =
    password === undefined
      ? ''
      : `<label>${escapeHtml(password)}
        <input type="password" name="password" autocomplete="new-password" maxlength="128" required></label>
      `;
  return `<form data-action="${action}" hidden>
      ${field}<button>${escapeHtml(button)}</button>
    </form>`;
}

function pageOf(name: AccountPage, language: Language, appName: string): string {
  const { common, pages } = accountMessages[language];
  const { title, lead, form } = pages[name];
  const action = actions[name];
  const content = [
    `<p>${escapeHtml(appName)}</p>`,
    `<h1>${escapeHtml(title)}</h1>`,
    `<p>${escapeHtml(lead)}</p>`,
    form === undefined ? `<pre data-action="${action}" hidden></pre>` : formOf(action, form),
    `<p id="outcome" role="status" data-done="${escapeHtml(form?.done ?? '')}" data-incomplete="${escapeHtml(common.incomplete)}" data-failed="${escapeHtml(common.failed)}" hidden></p>`,
    `<noscript><p>${escapeHtml(common.noScript)}</p></noscript>`,
  ];
  return htmlPage(
    {
      title: `${title} – ${appName}`,
      language,
      stylesheet: '/account/page.css',
      scripts: ['/account/page.js'],
    },
    content.join('\n    '),
  );
}

/**
 * Serves the pages that the links in mails open. The setting APP_URL replaces them with pages of the product itself.
 */
export function accountPages(appName: string): Router {
  const router = Router({ caseSensitive: true, strict: true });
  for (const name of accountPageNames) {
    router.get(`/${name}`, pagePolicy, (_req, res) => {
      const language = currentContext()?.language ?? defaultLanguage;
      res.set({ 'Cache-Control': 'no-store', 'Content-Language': language });
      res.vary('Accept-Language');
      res.type('html').send(pageOf(name, language, appName));
    });
  }
  router.get('/account/page.js', (_req, res) => {
    res.setHeader('Cache-Control', 'no-cache');
    res.type('text/javascript').send(script);
  });
  router.get('/account/page.css', (_req, res) => {
    res.setHeader('Cache-Control', 'no-cache');
    res.type('css').send(style);
  });
  const paths = [...accountPageNames.map((name) => `/${name}`), '/account/page.js', '/account/page.css'];
  router.all(paths, methodNotAllowed(['get']));
  return router;
}

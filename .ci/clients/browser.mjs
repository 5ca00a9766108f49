// The browser of a person who lets an assistant in: it keeps cookies, follows what leads on within the product, and sends
// the forms as the pages made them.
import assert from 'node:assert/strict';
import { linkIn } from './person.mjs';

export class Browser {
  #cookies = new Map();

  constructor(base) {
    this.base = base;
  }

  /** The page at an address, or where the product sends the browser away to. */
  async open(address, form) {
    const url = new URL(address, this.base);
    if (url.origin !== this.base) {
      return { away: url };
    }
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      body: form,
      redirect: 'manual',
      headers: {
        Accept: 'text/html',
        ...(form && { Origin: this.base }),
        Cookie: [...this.#cookies].map((cookie) => cookie.join('=')).join('; '),
      },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      this.#cookies.set(name, value);
    }
    if (answer.status === 302 || answer.status === 303) {
      return this.open(new URL(answer.headers.get('location'), url));
    }
    const html = await answer.text();
    assert.equal(answer.status, 200, `${url.pathname}: ${html.match(/<title>(.*?)<\/title>/)?.[1]}`);
    return { url, html };
  }

  /** Sends the form of a page that has a field or button of this name, pressed or filled in with this value. */
  async send(page, name, value) {
    const form = page.html.match(/<form[^]*?<\/form>/g).find((candidate) => candidate.includes(`name="${name}"`));
    assert.ok(form, `No form of ${page.url.pathname} has “${name}”`);
    const fields = new URLSearchParams();
    for (const [hidden] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      fields.set(attribute(hidden, 'name'), attribute(hidden, 'value'));
    }
    fields.set(name, value);
    return this.open(new URL(attribute(form, 'action'), page.url), fields);
  }

  /** Signs in by the mailed link, allows what is asked, and tells where that leads. */
  async allows(authorization, email) {
    let page = await this.open(authorization);
    if (page.html.includes('name="identifier"')) {
      const mailed = await this.send(page, 'identifier', email);
      const [, phrase] = mailed.html.match(/class="phrase"[^>]*>([^<]*)</);
      page = await this.send(await this.open(await linkIn(phrase, '/oauth/in/')), 'do', 'sign-in');
    }
    const { away } = await this.send(page, 'do', 'allow');
    assert.ok(away, 'Allowing leads back to the client');
    return away;
  }

  /** Ends everything but this browser, on the page that shows where one is signed in. */
  async endsAllOthers() {
    const page = await this.open('/account/sessions');
    const form = page.html.match(/<form[^>]*action="\/account\/sessions\/end-others"[^]*?<\/form>/);
    assert.ok(form, 'Something else is open');
    const csrf = attribute(form[0].match(/<input[^>]*name="csrf"[^>]*>/)[0], 'value');
    await this.open('/account/sessions/end-others', new URLSearchParams({ csrf }));
  }
}

const attribute = (html, name) => html.match(new RegExp(` ${name}="([^"]*)"`))[1].replaceAll('&amp;', '&');

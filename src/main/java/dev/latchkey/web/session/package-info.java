/**
 * Who is signed in on the pages: the cookie, and the {@link dev.latchkey.session.PageSession} that controllers take as an
 * argument; and which forms are its own, {@link dev.latchkey.web.session.OwnForms}. Any page on which somebody has just proved their mailbox may sign them in through {@link
 * dev.latchkey.web.session.SignedInBrowsers}.
 */
@NullMarked
package dev.latchkey.web.session;

import org.jspecify.annotations.NullMarked;

/**
 * The documentation at {@code /docs}: a start page with the calls of an assistant first, and a page for each document, made
 * from the very documents that are served to programs. Start with {@link dev.latchkey.web.docs.DocsController}.
 */
@NullMarked
package dev.latchkey.web.docs;

import org.jspecify.annotations.NullMarked;

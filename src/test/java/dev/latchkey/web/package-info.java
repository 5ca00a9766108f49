/** The pages as a browser gets them, over HTTP, with the texts people act on word for word. */
@NullMarked
package dev.latchkey.web;

import org.jspecify.annotations.NullMarked;

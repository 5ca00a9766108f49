/**
 * The pages people see: landing, edit form, answers and explained problems, in the language of their reader.
 *
 * <p>Start with {@code web.edit.EditController} for the way of a form, and with {@link
 * dev.latchkey.text.Texts} for where every word comes from. Controllers parse, call one service and choose a page;
 * they decide nothing about profiles or links. {@link dev.latchkey.web.PageHeaders} gives every page its protection.
 */
@NullMarked
package dev.latchkey.web;

import org.jspecify.annotations.NullMarked;

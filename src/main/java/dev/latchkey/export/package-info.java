/**
 * All that is kept of a person, for them to take along: as one document, or as files in an archive. Start with {@link
 * dev.latchkey.export.ExportService}. The features say what they keep; here it is written down, a part at a time and as
 * fast as it is taken, so that it may be large and its reader slow. The form is published as
 * {@code docs/schema/export.schema.json}.
 */
@NullMarked
package dev.latchkey.export;

import org.jspecify.annotations.NullMarked;

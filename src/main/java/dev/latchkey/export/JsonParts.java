package dev.latchkey.export;

import io.micronaut.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A JSON object as bytes, of which long lists are written page by page. */
final class JsonParts implements Iterator<byte[]> {
    private final JsonMapper json;
    private final Iterator<Member> members;
    private @Nullable Iterator<? extends List<?>> list;
    private boolean begun;
    private boolean ended;
    private boolean first;

    JsonParts(JsonMapper json, Iterator<Member> members) {
        this.json = json;
        this.members = members;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public byte[] next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        try {
            if (list != null) {
                write(list, part);
            } else if (members.hasNext()) {
                write(members.next(), part);
            } else {
                part.writeBytes(text("}"));
                ended = true;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return part.toByteArray();
    }

    private void write(Member member, ByteArrayOutputStream part) throws IOException {
        part.writeBytes(text((begun ? ",\"" : "{\"") + member.name() + "\":"));
        begun = true;
        if (member.pages() == null) {
            part.writeBytes(member.value() == null ? text("null") : json.writeValueAsBytes(member.value()));
        } else {
            part.writeBytes(text("["));
            list = member.pages();
            first = true;
        }
    }

    private void write(Iterator<? extends List<?>> pages, ByteArrayOutputStream part) throws IOException {
        if (!pages.hasNext()) {
            part.writeBytes(text("]"));
            list = null;
            return;
        }
        for (Object row : pages.next()) {
            if (!first) {
                part.writeBytes(text(","));
            }
            first = false;
            part.writeBytes(json.writeValueAsBytes(row));
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A member of the object.
     *
     * @param value what it holds; null where there is nothing
     * @param pages the rows of a long list, which has no other value
     */
    record Member(
            String name, @Nullable Object value, @Nullable Iterator<? extends List<?>> pages) {
        static Member of(String name, @Nullable Object value) {
            return new Member(name, value, null);
        }

        static Member list(String name, Iterator<? extends List<?>> pages) {
            return new Member(name, null, pages);
        }
    }
}

package dev.latchkey.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

/** The rows of a table as lines of JSON, each a list of its values; any number of them pass through little memory. */
final class TableRows {
    private static final int STEP = 500;

    /** Digits of the longest text that a row may hold: two photos in base64, and far more. */
    private static final int LONGEST = 64 * 1024 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(LONGEST).build())
            .build()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);

    private TableRows() {}

    /** Writes all rows; returns how many. */
    static long write(Connection connection, Table table, OutputStream out, LongConsumer progress)
            throws SQLException, IOException {
        List<ColumnKind> kinds = List.copyOf(table.columns().values());
        long count = 0;
        try (PreparedStatement select = connection.prepareStatement(table.select());
                JsonGenerator json = JSON.createGenerator(out)) {
            json.setRootValueSeparator(new SerializedString("\n"));
            // PostgreSQL's driver would take all rows into memory.
            select.setFetchSize(STEP);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    json.writeStartArray();
                    for (int i = 0; i < kinds.size(); i++) {
                        kinds.get(i).write(rows, i + 1, json);
                    }
                    json.writeEndArray();
                    count++;
                    if (count % STEP == 0) {
                        progress.accept(count);
                    }
                }
            }
        }
        return count;
    }

    /**
     * Puts rows into a table.
     *
     * @param columns the order of the values in each line
     * @return how many rows there were
     */
    static long read(Connection connection, Table table, List<String> columns, InputStream in, LongConsumer progress)
            throws SQLException, IOException {
        List<String> order = table.columnNames();
        List<ColumnKind> kinds = columns.stream()
                .map(column -> Objects.requireNonNull(table.columns().get(column)))
                .toList();
        int[] places =
                columns.stream().mapToInt(column -> order.indexOf(column) + 1).toArray();
        long count = 0;
        try (PreparedStatement insert = connection.prepareStatement(table.insert());
                JsonParser json = JSON.createParser(in)) {
            while (json.nextToken() == JsonToken.START_ARRAY) {
                for (int i = 0; i < places.length; i++) {
                    json.nextToken();
                    kinds.get(i).readNullable(json, insert, places[i]);
                }
                if (json.nextToken() != JsonToken.END_ARRAY) {
                    throw new IOException("A row of " + table.name() + " has more values than columns");
                }
                insert.addBatch();
                count++;
                if (count % STEP == 0) {
                    insert.executeBatch();
                    progress.accept(count);
                }
            }
            insert.executeBatch();
        }
        return count;
    }
}

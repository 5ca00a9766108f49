package dev.latchkey.backup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * What a column holds, and how that stands in the file: texts as such, numbers, truth as 1 or 0, times as milliseconds
 * since 1970 with a fraction where there is one, bytes in base64. So it stands whichever database it came from, and each
 * reads it as what its own column is.
 */
enum ColumnKind {
    TEXT(Types.VARCHAR) {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException {
            json.writeString(row.getString(column));
        }

        @Override
        void read(JsonParser json, PreparedStatement row, int column) throws SQLException, IOException {
            row.setString(column, json.getText());
        }
    },
    INTEGER(Types.BIGINT) {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException {
            long value = row.getLong(column);
            if (row.wasNull()) {
                json.writeNull();
            } else {
                json.writeNumber(value);
            }
        }

        @Override
        void read(JsonParser json, PreparedStatement row, int column) throws SQLException, IOException {
            row.setLong(
                    column,
                    json.getDecimalValue().setScale(0, RoundingMode.FLOOR).longValueExact());
        }
    },
    BOOLEAN(Types.BOOLEAN) {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException {
            boolean value = row.getBoolean(column);
            if (row.wasNull()) {
                json.writeNull();
            } else {
                json.writeNumber(value ? 1 : 0);
            }
        }

        @Override
        void read(JsonParser json, PreparedStatement row, int column) throws SQLException, IOException {
            row.setBoolean(column, json.getLongValue() != 0);
        }
    },
    TIME(Types.TIMESTAMP_WITH_TIMEZONE) {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException {
            OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
            if (value == null) {
                json.writeNull();
            } else {
                Instant time = value.toInstant();
                json.writeNumber(BigDecimal.valueOf(time.getEpochSecond())
                        .movePointRight(3)
                        .add(BigDecimal.valueOf(time.getNano(), 6))
                        .stripTrailingZeros()
                        .toPlainString());
            }
        }

        @Override
        void read(JsonParser json, PreparedStatement row, int column) throws SQLException, IOException {
            BigDecimal nanos = json.getDecimalValue().movePointRight(6);
            BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
            row.setObject(
                    column,
                    Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact())
                            .atOffset(ZoneOffset.UTC));
        }
    },
    BLOB(Types.BINARY) {
        @Override
        void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException {
            byte[] value = row.getBytes(column);
            if (value == null) {
                json.writeNull();
            } else {
                json.writeBinary(value);
            }
        }

        @Override
        void read(JsonParser json, PreparedStatement row, int column) throws SQLException, IOException {
            row.setBytes(column, json.getBinaryValue());
        }
    };

    private final int type;

    ColumnKind(int type) {
        this.type = type;
    }

    /** What a column of the databases' drivers is; a kind that nobody thought of yet fails the tests of this room. */
    static ColumnKind of(int type, String name) {
        if (name.equals("BLOB")) {
            // SQLite's driver takes it for a text.
            return BLOB;
        }
        return switch (type) {
            case Types.VARCHAR -> TEXT;
            case Types.INTEGER, Types.BIGINT -> INTEGER;
            case Types.BIT, Types.BOOLEAN -> BOOLEAN;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> TIME;
            case Types.BINARY -> BLOB;
            default -> throw new IllegalStateException("Backups know no columns of the type " + name);
        };
    }

    abstract void write(ResultSet row, int column, JsonGenerator json) throws SQLException, IOException;

    /** Takes a value out of the file that is not absent. */
    abstract void read(JsonParser json, PreparedStatement row, int column) throws SQLException, IOException;

    /** The same for one that may be. */
    void readNullable(JsonParser json, PreparedStatement row, int column) throws SQLException, IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            row.setNull(column, type);
        } else {
            read(json, row, column);
        }
    }
}

package dev.latchkey.database.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.support.Asvs;
import dev.latchkey.support.Contexts;
import dev.latchkey.support.Sql;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the database lies on the disk, who may read it, and what stays there. */
class SqliteFilesTest {
    private static final String MARK = "NOBODYSBUSINESS";

    @TempDir
    Path top;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space",
                " blanks ",
                "hash#tag",
                "per%20cent%",
                "plus+and&equals=",
                "Größe-日本",
                "quote's \"both\"",
                "question?mark",
                "?mode=memory",
                "semi;colon",
                "colon:x",
                ":memory:",
                ":resource:x",
                "file:x",
                "back\\slash",
                "-dash",
                "--help",
                "a,b",
                "dollar$",
                "{braces}[brackets]",
                "tilde~",
                "new\nline"
            })
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aDataDirectoryMayHaveAnyName(String name) throws IOException {
        Path folder = top.resolve(name);
        try (ApplicationContext context = Contexts.start(Map.of(), Map.of("latchkey.data-dir", folder.toString()))) {
            assertThat(Sql.count(context, "SELECT count(*) FROM accounts")).isZero();
        }
        try (Stream<Path> files = Files.walk(top)) {
            assertThat(files.filter(file -> file.toString().endsWith(".db")))
                    .containsExactly(folder.resolve("latchkey.db"));
        }
        try (Stream<Path> folders = Files.list(top)) {
            assertThat(folders).containsExactly(folder);
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @Asvs({"13.3.2", "14.2.4"})
    void nobodyElseReadsTheFilesWhoeverMadeThem() throws IOException, SQLException {
        Path database = top.resolve("latchkey.db");
        String[] files = {"latchkey.db", "latchkey.db-wal", "latchkey.db-shm"};
        Contexts.start(Map.of(), Map.of("latchkey.data-dir", top.toString())).close();
        try (Connection before = new SqliteDataSource("jdbc:sqlite:" + database).getConnection();
                Statement statement = before.createStatement()) {
            statement.executeUpdate("DELETE FROM accounts");
            for (String file : files) {
                Files.setPosixFilePermissions(top.resolve(file), PosixFilePermissions.fromString("rw-rw-r--"));
            }
            Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));

            try (ApplicationContext context = Contexts.start(Map.of(), Map.of("latchkey.data-dir", top.toString()))) {
                assertThat(context.isRunning()).isTrue();
                for (String file : files) {
                    assertThat(permissions(file)).as(file).isEqualTo("rw-------");
                }
            }
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void nobodyElseReadsFilesInAFolderThatWasThereBefore() throws IOException {
        Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ApplicationContext context = Contexts.start(Map.of(), Map.of("latchkey.data-dir", top.toString()))) {
            Sql.run(context, "DELETE FROM accounts");
            for (String file : List.of("latchkey.db", "latchkey.db-wal", "latchkey.db-shm")) {
                assertThat(permissions(file)).as(file).isEqualTo("rw-------");
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(top)))
                .as("a folder that may be others', too")
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void whatWasDeletedIsGoneFromTheFiles() throws IOException, SQLException {
        SqliteDataSource source = new SqliteDataSource("jdbc:sqlite:" + top.resolve("texts.db"));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT)");
            statement.executeUpdate("CREATE INDEX texts_text ON texts (text)");
            for (int i = 0; i < 200; i++) {
                statement.executeUpdate(
                        "INSERT INTO texts VALUES (" + i + ", '" + (MARK + i).repeat(1 + i % 40) + "')");
            }
            statement.executeUpdate("UPDATE texts SET text = '" + MARK + " again' WHERE id % 3 = 0");
            source.emptyLog();
            assertThat(marks()).as("before").isPositive();

            statement.executeUpdate("DELETE FROM texts");
            source.emptyLog();

            assertThat(marks()).as("after").isZero();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAStatementCouldPutBackLiesInNoFileElsewhere() throws IOException, SQLException {
        SqliteDataSource source = new SqliteDataSource("jdbc:sqlite:" + top.resolve("texts.db"));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT UNIQUE)");
            for (int i = 0; i < 200; i++) {
                statement.executeUpdate("INSERT INTO texts VALUES (" + i + ", '" + (MARK + i).repeat(100) + "')");
            }
            connection.setAutoCommit(false);
            try (Statement changing = connection.createStatement()) {
                changing.executeUpdate("UPDATE texts SET text = text || 'again'");

                assertThat(openFiles()).noneMatch(file -> file.contains("etilqs"));
            }
            connection.rollback();
        }
    }

    @Test
    void theLogShrinksAgainAfterALongRead() throws IOException, SQLException {
        SqliteDataSource source = new SqliteDataSource("jdbc:sqlite:" + top.resolve("blobs.db"));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE blobs (data BLOB)");
            try (Connection reader = source.getConnection()) {
                reader.setReadOnly(true);
                reader.setAutoCommit(false);
                try (Statement reading = reader.createStatement();
                        ResultSet rows = reading.executeQuery("SELECT count(*) FROM blobs")) {
                    assertThat(rows.next()).isTrue();
                    for (int i = 0; i < 40; i++) {
                        statement.executeUpdate("INSERT INTO blobs VALUES (zeroblob(1000000))");
                    }
                }
                assertThat(Files.size(top.resolve("blobs.db-wal"))).isGreaterThan(40_000_000);
                reader.commit();
            }
            for (int i = 0; i < 3; i++) {
                statement.executeUpdate("INSERT INTO blobs VALUES (zeroblob(1))");
            }

            assertThat(Files.size(top.resolve("blobs.db-wal"))).isLessThanOrEqualTo(16 * 1024 * 1024);
        }
    }

    @Test
    void theLogIsNotEmptiedUnderAReader() throws SQLException {
        SqliteDataSource source = new SqliteDataSource("jdbc:sqlite:" + top.resolve("words.db"));
        List<String> seen = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                Connection reader = source.getConnection()) {
            statement.executeUpdate("CREATE TABLE words (word TEXT)");
            statement.executeUpdate("INSERT INTO words VALUES ('amber')");
            reader.setReadOnly(true);
            reader.setAutoCommit(false);
            try (Statement reading = reader.createStatement()) {
                seen.add(first(reading));
                statement.executeUpdate("UPDATE words SET word = 'falcon'");

                source.emptyLog();

                seen.add(first(reading));
            }
            reader.commit();
        }
        assertThat(seen).containsExactly("amber", "amber");
    }

    private static String first(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT word FROM words")) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Those of the whole process, of which others are closed meanwhile. */
    private static List<String> openFiles() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            for (Path file : files.toList()) {
                try {
                    open.add(Files.readSymbolicLink(file).toString());
                } catch (NoSuchFileException e) {
                    continue;
                }
            }
        }
        return open;
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(top.resolve(file)));
    }

    private long marks() throws IOException {
        long marks = 0;
        try (Stream<Path> files = Files.list(top)) {
            for (Path file : files.toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                marks += content.split(MARK, -1).length - 1;
            }
        }
        return marks;
    }
}

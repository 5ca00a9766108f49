package dev.latchkey.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@code java -jar} meets first. */
final class LauncherIT {
    private static final Path JAR = Path.of(System.getProperty("latchkey.jar", "target/latchkey.jar"));
    private static final int OF_JAVA_8 = 52;

    @Test
    @DisplayName("The class that is started is one that every Java since 8 can load")
    void isForOldJava() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Manifest manifest = jar.getManifest();
            String main = manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            try (DataInputStream file =
                    new DataInputStream(jar.getInputStream(jar.getEntry(main.replace('.', '/') + ".class")))) {
                assertThat(file.readInt()).isEqualTo(0xCAFEBABE);
                assertThat(file.readUnsignedShort()).isZero();
                assertThat(file.readUnsignedShort()).as(main).isEqualTo(OF_JAVA_8);
            }
        }
    }

    @Test
    @DisplayName("An older Java is told in one sentence which one is needed")
    void refusesOldJava() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        JAR + File.pathSeparator + System.getProperty("java.class.path"),
                        AsOlder.class.getName()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).startsWith("Latchkey needs Java 25 or newer, and this is Java 17 (");
    }

    /** The launcher in a JVM that says it is an older one. */
    static final class AsOlder {
        private AsOlder() {}

        public static void main(String[] args) throws ReflectiveOperationException {
            System.setProperty("java.specification.version", "17");
            Class.forName("dev.latchkey.Launcher")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {"--version"});
        }
    }
}

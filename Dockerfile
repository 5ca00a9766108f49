# syntax=docker/dockerfile:1

# --- Build -----------------------------------------------------------------------------------------------------------
FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /src
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY openapi openapi
COPY src src
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw --batch-mode --quiet -DskipTests -Dspotless.check.skip=true package \
    && mv target/latchkey-*.jar /latchkey.jar

# --- Run -------------------------------------------------------------------------------------------------------------
FROM eclipse-temurin:25-jre-noble
RUN groupadd --system --gid 10001 latchkey \
    && useradd --system --uid 10001 --gid latchkey --home-dir /app --shell /usr/sbin/nologin latchkey \
    && install --directory --owner=latchkey --group=latchkey /app \
    && install --directory --mode=0700 --owner=latchkey --group=latchkey /data
WORKDIR /app
COPY --from=build /latchkey.jar latchkey.jar
COPY docker/train-aot docker/healthy /usr/local/bin/
USER latchkey

# The AOT cache is made by this very JVM, from this very jar in this very place, with the flags of the entry point:
# anything else and the JVM would start without it.
RUN train-aot /app/latchkey.aot java -Xms32m -Xmx256m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
    -XX:+ExitOnOutOfMemoryError -jar /app/latchkey.jar

ENV LATCHKEY_DATA_DIR=/data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --start-interval=1s --retries=3 CMD ["healthy"]
ENTRYPOINT ["java", "-XX:AOTCache=/app/latchkey.aot", "-Xms32m", "-Xmx256m", "-XX:+UseSerialGC", \
    "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/latchkey.jar"]

package dev.latchkey.deploy;

import static dev.latchkey.deploy.Manifests.at;
import static dev.latchkey.deploy.Manifests.numberAt;
import static dev.latchkey.deploy.Manifests.textAt;
import static dev.latchkey.deploy.Manifests.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.latchkey.config.checks.StartUpChecks;
import dev.latchkey.support.Asvs;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/kubernetes.yaml}, against what Kubernetes takes, what the product reads and what the documents promise. */
final class KubernetesTest {
    private static final List<JsonObject> OBJECTS = Manifests.of("deploy/kubernetes.yaml");
    private static final String FILL_IN = "fill-in";

    /** What its own end takes at most: docs/operations.md, "Stopping". */
    private static final int STOPPING_SECONDS = 30;

    private final JsonObject deployment = object("Deployment", "latchkey");
    private final JsonElement pod = at(deployment, "spec.template.spec");
    private final JsonElement container = at(pod, "containers.0");

    @TempDir
    Path data;

    @Test
    @DisplayName("Every object is one that Kubernetes takes, without an unknown field")
    void isTaken() {
        assertThat(OBJECTS).hasSize(7);
        for (JsonObject object : OBJECTS) {
            assertThatCode(() -> check(object)).as(object.toString()).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("A misspelt field would be found, however deep")
    void wouldFindAMistake() {
        JsonObject wrong = deployment.deepCopy();
        at(wrong, "spec.template.spec.containers.0.readinessProbe.httpGet")
                .getAsJsonObject()
                .add("pathh", new JsonPrimitive("/"));

        assertThatThrownBy(() -> check(wrong)).hasMessageContaining("pathh");
    }

    @Test
    @DisplayName("Sets settings of the product alone, each in one place")
    void setsKnownSettings() {
        Map<String, String> variables = variables();

        assertThat(variables)
                .hasSize(texts(settings()).size() + texts(secrets()).size());
        assertThat(StartUpChecks.unknown(variables.keySet())).isEmpty();
        String documented = Manifests.text("docs/configuration.md");
        assertThat(variables.keySet())
                .allSatisfy(variable -> assertThat(documented).contains("| `" + variable + "` |"));
    }

    @Test
    @DisplayName("Does not start before it is filled in, and says what is missing")
    void refusesWhatIsNotFilledIn() {
        assertThat(findings(variables()))
                .extracting(line -> line.split(":", 2)[0])
                .contains(
                        "LATCHKEY_BASE_URL",
                        "LATCHKEY_SECRET",
                        "LATCHKEY_ACTION_KEYS",
                        "LATCHKEY_ADMIN_KEYS",
                        "LATCHKEY_METRICS_KEYS",
                        "LATCHKEY_MAIL_FROM",
                        "DATASOURCES_DEFAULT_URL");
    }

    @Test
    @DisplayName("Filled in as it says, it has all that several nodes need")
    void startsOnceFilledIn() {
        Map<String, String> variables = variables();
        variables.replaceAll(
                (variable, value) -> value.equals(FILL_IN) ? "a-key-of-more-than-32-characters-" + variable : value);
        variables.put("LATCHKEY_BASE_URL", "https://id.example.com");
        variables.put("LATCHKEY_SECRET", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        variables.put("LATCHKEY_MAIL_FROM", "Latchkey <latchkey@example.com>");
        variables.put("DATASOURCES_DEFAULT_URL", "jdbc:postgresql://postgres.example.com/latchkey?sslmode=verify-full");

        assertThat(findings(variables)).isEmpty();
        assertThat(variables).containsEntry("LATCHKEY_PHOTOS", "s3");
        assertThat(texts(secrets()).keySet())
                .allMatch(variable -> Pattern.matches(".*(SECRET|KEYS?|PASSWORD)", variable));
        assertThat(texts(settings()).keySet())
                .noneMatch(variable -> Pattern.matches(".*(SECRET|KEYS?|PASSWORD)", variable));
    }

    @Test
    @DisplayName("Three nodes, of which an update and the emptying of a machine leave enough")
    void keepsServing() {
        assertThat(numberAt(deployment, "spec.replicas")).isEqualTo(3);
        assertThat(numberAt(deployment, "spec.strategy.rollingUpdate.maxUnavailable"))
                .isZero();
        assertThat(numberAt(object("PodDisruptionBudget", "latchkey"), "spec.maxUnavailable"))
                .isEqualTo(1);
        int drain = Integer.parseInt(textAt(container, "lifecycle.preStop.exec.command.1"));
        assertThat(drain).isPositive();
        assertThat(numberAt(pod, "terminationGracePeriodSeconds")).isGreaterThanOrEqualTo(drain + STOPPING_SECONDS);
    }

    @Test
    @DisplayName("Everything that chooses pods chooses these")
    void choosesItsOwnPods() {
        JsonElement labels = at(deployment, "spec.template.metadata.labels");

        assertThat(at(deployment, "spec.selector.matchLabels")).isEqualTo(labels);
        assertThat(at(pod, "topologySpreadConstraints").getAsJsonArray())
                .hasSize(2)
                .allSatisfy(spread ->
                        assertThat(at(spread, "labelSelector.matchLabels")).isEqualTo(labels));
        assertThat(at(object("PodDisruptionBudget", "latchkey"), "spec.selector.matchLabels"))
                .isEqualTo(labels);
        assertThat(at(object("NetworkPolicy", "latchkey"), "spec.podSelector.matchLabels"))
                .isEqualTo(labels);
        assertThat(at(object("Service", "latchkey"), "spec.selector")).isEqualTo(labels);
        assertThat(at(object("Service", "latchkey-admin"), "spec.selector")).isEqualTo(labels);
        assertThat(textAt(container, "envFrom.0.configMapRef.name")).isEqualTo(textAt(configMap(), "metadata.name"));
        assertThat(textAt(container, "envFrom.1.secretRef.name")).isEqualTo(textAt(secret(), "metadata.name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"startupProbe", "readinessProbe", "livenessProbe"})
    @DisplayName("Probes ask at the admin port, at addresses that the documents name")
    void probes(String probe) {
        assertThat(textAt(container, probe + ".httpGet.port")).isEqualTo("admin");
        assertThat(Manifests.text("docs/operations.md"))
                .contains("`GET " + textAt(container, probe + ".httpGet.path") + "`");
    }

    @Test
    @DisplayName("The admin port is at no service that the world is led to")
    void keepsTheAdminPortApart() {
        assertThat(textAt(container, "ports.1.name")).isEqualTo("admin");
        assertThat(textAt(container, "ports.1.containerPort"))
                .isEqualTo(variables().get("LATCHKEY_ADMIN_PORT"));
        assertThat(at(object("Service", "latchkey"), "spec.ports").getAsJsonArray())
                .singleElement()
                .satisfies(port -> assertThat(textAt(port, "targetPort")).isEqualTo("http"));
        assertThat(textAt(object("Service", "latchkey-admin"), "spec.type")).isEqualTo("ClusterIP");
        // Or the cluster would set LATCHKEY_ADMIN_PORT to an address, and LATCHKEY_PORT, which is no setting.
        assertThat(at(pod, "enableServiceLinks").getAsBoolean()).isFalse();
    }

    @Test
    @DisplayName("A pod may do no more than it needs, as the user of the image")
    @Asvs("13.2.2")
    void isRestricted() {
        String uid = textAt(pod, "securityContext.runAsUser");
        assertThat(Manifests.text("Dockerfile")).contains("--uid " + uid + " ");
        assertThat(textAt(pod, "securityContext.fsGroup")).isEqualTo(uid);
        assertThat(at(pod, "securityContext.runAsNonRoot").getAsBoolean()).isTrue();
        assertThat(textAt(pod, "securityContext.seccompProfile.type")).isEqualTo("RuntimeDefault");
        assertThat(at(pod, "automountServiceAccountToken").getAsBoolean()).isFalse();
        assertThat(at(container, "securityContext.readOnlyRootFilesystem").getAsBoolean())
                .isTrue();
        assertThat(at(container, "securityContext.allowPrivilegeEscalation").getAsBoolean())
                .isFalse();
        assertThat(textAt(container, "securityContext.capabilities.drop.0")).isEqualTo("ALL");
        assertThat(at(container, "volumeMounts").toString()).contains("\"/tmp\"", "\"/data\"");
    }

    @Test
    @DisplayName("The image has a version, this one")
    void namesAVersion() {
        assertThat(Manifests.text("pom.xml"))
                .contains("<version>" + textAt(container, "image").replaceFirst(".*:", "") + "</version>");
    }

    private static JsonObject object(String kind, String name) {
        return OBJECTS.stream()
                .filter(object -> textAt(object, "kind").equals(kind))
                .filter(object -> textAt(object, "metadata.name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject configMap() {
        return object("ConfigMap", "latchkey");
    }

    private static JsonObject secret() {
        return object("Secret", "latchkey");
    }

    private static JsonElement settings() {
        return at(configMap(), "data");
    }

    private static JsonElement secrets() {
        return at(secret(), "stringData");
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(texts(settings()));
        variables.putAll(texts(secrets()));
        return variables;
    }

    private List<String> findings(Map<String, String> variables) {
        Map<String, Object> all = new TreeMap<>(variables);
        all.put("LATCHKEY_DATA_DIR", data.toString());
        Environment environment = ApplicationContext.builder()
                .deduceEnvironment(false)
                .propertySources(PropertySource.of(
                        "pod", all, PropertyConvention.ENVIRONMENT_VARIABLE, PropertySource.Origin.of("pod")))
                .build()
                .getEnvironment();
        return StartUpChecks.forServing(environment.start());
    }

    /** By the class that Kubernetes' own client has for the kind; it refuses what it does not know, and what is missing. */
    private static void check(JsonObject object) throws Throwable {
        String version = textAt(object, "apiVersion").replaceFirst(".*/", "");
        assertThat(version).isEqualTo("v1");
        try {
            Class.forName("io.kubernetes.client.openapi.models.V1" + textAt(object, "kind"))
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, object);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

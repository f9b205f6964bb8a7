package io.alphakeep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What is under deploy/kubernetes has the fields and types that its kinds have. A server refuses the others, or, told by
 * an older client, leaves them out: a job would then repeat what must not be repeated.
 */
class KubernetesTest {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.of(
                    ConfigMap.class,
                    CronJob.class,
                    Deployment.class,
                    Namespace.class,
                    NetworkPolicy.class,
                    PrometheusRule.class,
                    Service.class,
                    ServiceMonitor.class)
            .collect(Collectors.toMap(HasMetadata::getKind, Function.identity()));

    /** Read by kubectl itself, in .ci/deployments. */
    private static final Set<String> KUSTOMIZE = Set.of("Kustomization", "Component");

    /** As the server reads: the models would keep what they do not know in a map of their own. */
    private static final ObjectMapper STRICT = YAMLMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .build();

    @TestFactory
    List<DynamicTest> eachManifestIsOfItsKind() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("deploy/kubernetes"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> read(Files.readString(file))))
                    .toList();
        }
    }

    @Test
    void everyKindThatIsKnownHereIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("deploy/kubernetes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                used.addAll(read(Files.readString(file)));
            }
        }
        used.removeAll(KUSTOMIZE);
        assertThat(used).isEqualTo(new TreeSet<>(KINDS.keySet()));
    }

    @Test
    void aFieldInTheWrongPlaceIsSeen() throws IOException {
        String job = Files.readString(Path.of("deploy/kubernetes/job.yaml"));
        assertThatThrownBy(() -> read(job.replace("backoffLimit:", "backOffLimit:")))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("backOffLimit");
        assertThatThrownBy(() -> read(job.replace("backoffLimit: 2", "backoffLimit: two")))
                .isInstanceOf(JsonProcessingException.class);
    }

    private static Set<String> read(String text) throws IOException {
        Set<String> kinds = new TreeSet<>();
        try (var documents = STRICT.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                String kind = document.path("kind").asText();
                kinds.add(kind);
                if (KUSTOMIZE.contains(kind)) {
                    continue;
                }
                assertThat(KINDS).containsKey(kind);
                Class<? extends HasMetadata> type = KINDS.get(kind);
                assertThat(document.path("apiVersion").asText()).isEqualTo(HasMetadata.getApiVersion(type));
                STRICT.treeToValue(document, type);
            }
        }
        return kinds;
    }
}

package dev.framewise.gateway.check;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.config.KafkaSettings;
import dev.framewise.schemas.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Meets the broker with the gateway's own settings, and asks for the topics that it uses. Writes nothing. */
final class BrokerCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<Topic> TOPICS = List.of(Topic.FRAMES, Topic.TELEMETRY, Topic.CAPTURES, Topic.DIRECTIVES);
    private static final String PART = "kafka";

    private BrokerCheck() {}

    static List<Finding> check(KafkaSettings settings) throws InterruptedException {
        Map<String, Object> properties;
        try {
            properties = settings.clientProperties();
        } catch (GatewayException e) {
            return List.of(Finding.failed(PART, e.getMessage(), "the broker was not tried"));
        }
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        try (Admin admin = Admin.create(properties)) {
            List<Finding> findings = new ArrayList<>();
            int brokers = admin.describeCluster().nodes().get().size();
            findings.add(Finding.ok(PART, settings.bootstrapServers() + " answers, " + brokers + " in the cluster"));
            findings.add(topics(admin));
            return findings;
        } catch (ExecutionException e) {
            return List.of(unreachable(settings, e.getCause()));
        } catch (KafkaException e) {
            return List.of(Finding.failed(
                    PART, "no client can be made: " + messages(e), "check kafka.bootstrap and kafka.properties"));
        }
    }

    private static Finding topics(Admin admin) throws InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                        TOPICS.stream().map(Topic::topicName).toList())
                .topicNameValues();
        List<String> missing = new ArrayList<>();
        Map<String, String> refused = new TreeMap<>();
        for (Topic topic : TOPICS) {
            try {
                asked.get(topic.topicName()).get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    missing.add(topic.topicName());
                } else {
                    refused.put(topic.topicName(), e.getCause().getMessage());
                }
            }
        }
        if (!missing.isEmpty()) {
            return Finding.failed(
                    "topics",
                    "missing: " + String.join(", ", missing),
                    "make them, directives compacted; or is this the wrong cluster?");
        }
        if (!refused.isEmpty()) {
            return Finding.failed(
                    "topics",
                    "refused: " + refused,
                    "give this user WRITE on frames, telemetry, captures, READ on directives");
        }
        return Finding.ok("topics", "all four are there");
    }

    private static Finding unreachable(KafkaSettings settings, Throwable why) {
        String found = settings.bootstrapServers() + ": " + messages(why);
        if (why instanceof SslAuthenticationException) {
            return Finding.failed(
                    PART, found, "do the truststore and the broker's certificate fit, also its name and its dates?");
        }
        if (why instanceof AuthenticationException) {
            return Finding.failed(PART, found, "check user and password, and sasl.mechanism");
        }
        return Finding.failed(
                PART,
                found,
                "is the broker up, does a firewall allow the port, and does security.protocol fit the listener?");
    }

    /** A failure and what caused it; none of these messages holds a secret. */
    private static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            all.append(": ").append(cause.getMessage());
        }
        return all.toString();
    }
}

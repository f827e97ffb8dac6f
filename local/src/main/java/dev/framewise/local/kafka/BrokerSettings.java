package dev.framewise.local.kafka;

import dev.framewise.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/** The properties of a single broker that is also its own controller: everything once, few threads, quick to start. */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String HOST = "127.0.0.1";
    /** Batch and record headers around the largest record a topic takes, bytes. */
    private static final int ENVELOPE_BYTES = 64 << 10;

    private BrokerSettings() {}

    static String address(int port) {
        return HOST + ":" + port;
    }

    static Properties of(Path logDirectory, int brokerPort, int controllerPort) {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(NODE_ID));
        settings.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        settings.setProperty("controller.quorum.voters", NODE_ID + "@" + address(controllerPort));
        settings.setProperty(
                "listeners",
                "PLAINTEXT://" + address(brokerPort) + "," + CONTROLLER_LISTENER + "://" + address(controllerPort));
        settings.setProperty("advertised.listeners", "PLAINTEXT://" + address(brokerPort));
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("log.dirs", logDirectory.toString());
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("message.max.bytes", Integer.toString(Topic.MAX_RECORD_BYTES + ENVELOPE_BYTES));

        settings.setProperty("default.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("transaction.state.log.num.partitions", "2");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
        settings.setProperty("share.coordinator.state.topic.replication.factor", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", "1");
        // Flink asks for an hour by default; a broker that allows less refuses the sink's first transaction.
        settings.setProperty(
                "transaction.max.timeout.ms", Long.toString(Duration.ofHours(2).toMillis()));

        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "2");
        settings.setProperty("background.threads", "2");
        settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        return settings;
    }
}

package dev.framewise.gateway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** Everything that is logged, down to debug, with the failures in it, until it is closed. */
final class TestingLog extends AbstractAppender implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Level before;

    TestingLog() {
        super("testing", /* filter= */ null, /* layout= */ null, /* ignoreExceptions= */ false, Property.EMPTY_ARRAY);
        before = root().getLevel();
        start();
        root().addAppender(this);
        Configurator.setRootLevel(Level.DEBUG);
    }

    private static org.apache.logging.log4j.core.Logger root() {
        return ((LoggerContext) LogManager.getContext(/* currentContext= */ false)).getRootLogger();
    }

    @Override
    public void append(LogEvent event) {
        StringBuilder line = new StringBuilder(event.getMessage().getFormattedMessage());
        for (Throwable thrown = event.getThrown(); thrown != null; thrown = thrown.getCause()) {
            line.append('\n').append(thrown);
        }
        lines.add(line.toString());
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        root().removeAppender(this);
        Configurator.setRootLevel(before);
        stop();
    }
}

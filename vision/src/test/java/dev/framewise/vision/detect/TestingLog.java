package dev.framewise.vision.detect;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Keeps the lines of one class while it is open. */
final class TestingLog extends AbstractAppender implements AutoCloseable {
    private final Logger logger;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    TestingLog(Class<?> of) {
        super("testing", /* filter= */ null, /* layout= */ null, /* ignoreExceptions= */ false, Property.EMPTY_ARRAY);
        logger = (Logger) LogManager.getLogger(of);
        logger.setLevel(Level.INFO);
        start();
        logger.addAppender(this);
    }

    /** Warnings and what is less than that. */
    List<String> lines() {
        return lines;
    }

    List<String> warnings() {
        return warnings;
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getMessage().getFormattedMessage());
        if (event.getLevel().equals(Level.WARN)) {
            warnings.add(event.getMessage().getFormattedMessage());
        }
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }
}

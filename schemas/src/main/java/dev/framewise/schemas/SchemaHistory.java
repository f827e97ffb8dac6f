package dev.framewise.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The older versions of each record's schema, kept as resources {@code history/<Record>-<version>.avsc} from version 1 on
 * without a gap. A version is added by copying the {@code .avsc} there before it is changed, and never edited afterwards.
 */
final class SchemaHistory {
    private SchemaHistory() {}

    /** Older versions, oldest first; empty for a record that never changed. */
    static List<Schema> of(Class<?> record) {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; ; version++) {
            String resource = "history/" + record.getSimpleName() + "-" + version + ".avsc";
            try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
                if (in == null) {
                    return versions;
                }
                versions.add(new Schema.Parser().parse(in));
            } catch (IOException e) {
                throw new UncheckedIOException(resource, e);
            }
        }
    }
}

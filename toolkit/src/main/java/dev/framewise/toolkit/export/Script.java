package dev.framewise.toolkit.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The Python programs of this package. */
final class Script {
    private Script() {}

    /** Puts one into a folder, from where it can be run. */
    static Path copy(String name, Path folder) throws IOException {
        Path copy = folder.resolve(name);
        try (InputStream content = Script.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException(name + " is no resource of this package");
            }
            Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }
}

package dev.framewise.operators.model;

import dev.framewise.vision.asset.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Addresses that Flink has a file system for: {@code s3}, where its plugin is installed, and whatever else is. */
public final class FlinkByteSource implements ByteSource {
    @Override
    public boolean opens(URI address) {
        return address.getScheme() != null;
    }

    @Override
    public InputStream open(URI address) throws IOException {
        return FileSystem.get(address).open(new Path(address));
    }
}

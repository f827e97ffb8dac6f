package dev.framewise.local.storage;

import dev.framewise.toolkit.picture.FrameFeed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.fs.s3native.NativeS3FileSystemFactory;

/**
 * Takes pictures from object storage: {@code s3://BUCKET/PREFIX}, everything below it that ends as a picture does, in the order of the keys. Where
 * there are more than asked for, they are spread over all there are. Speaks through the file system that the jobs write with.
 *
 * <p>Where and as whom is read from the environment, under the names that AWS's own tools have: {@code AWS_ACCESS_KEY_ID} and
 * {@code AWS_SECRET_ACCESS_KEY} (without them, whatever this machine is allowed to), {@code AWS_REGION}, and {@code AWS_ENDPOINT_URL_S3} or
 * {@code AWS_ENDPOINT_URL} for a server of one's own, which is then addressed with the bucket in the path.
 */
public final class StorageFrameFeed implements FrameFeed {
    private static final String SCHEME = "s3://";
    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".webp");
    private static final String USUAL_REGION = "us-east-1";

    private final Map<String, String> environment;

    public StorageFrameFeed() {
        this(System.getenv());
    }

    /** @param environment in place of the process's own */
    public StorageFrameFeed(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public boolean reads(String address) {
        return address.startsWith(SCHEME);
    }

    @Override
    public int fetch(String address, int most, java.nio.file.Path folder) throws IOException {
        try {
            FileSystem storage = storage(URI.create(address));
            List<Path> pictures = new ArrayList<>();
            find(storage, new Path(address), pictures);
            int count = Math.min(most, pictures.size());
            for (int i = 0; i < count; i++) {
                Path picture = pictures.get((int) ((long) i * pictures.size() / count));
                // names that sort as the keys do, whatever folders they were in
                copy(storage, picture, folder.resolve(String.format("%012d%s", i, ending(picture))));
            }
            return count;
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    address + ": pictures cannot be read: " + e.getMessage()
                            + ". Check the address, AWS_ENDPOINT_URL, AWS_REGION and the keys.",
                    e);
        }
    }

    private FileSystem storage(URI address) throws IOException {
        Configuration settings = new Configuration();
        settings.setString("s3.region", environment.getOrDefault("AWS_REGION", USUAL_REGION));
        String endpoint = environment.getOrDefault("AWS_ENDPOINT_URL_S3", environment.get("AWS_ENDPOINT_URL"));
        if (endpoint != null) {
            settings.setString("s3.endpoint", endpoint);
            settings.setString("s3.path-style-access", "true");
        }
        String key = environment.get("AWS_ACCESS_KEY_ID");
        String secret = environment.get("AWS_SECRET_ACCESS_KEY");
        if (key != null && secret != null) {
            settings.setString("s3.access-key", key);
            settings.setString("s3.secret-key", secret);
        }
        NativeS3FileSystemFactory factory = new NativeS3FileSystemFactory();
        factory.configure(settings);
        return factory.create(address);
    }

    private static void find(FileSystem storage, Path from, List<Path> into) throws IOException {
        List<FileStatus> entries = new ArrayList<>(List.of(storage.listStatus(from)));
        entries.sort((a, b) -> a.getPath().toString().compareTo(b.getPath().toString()));
        for (FileStatus entry : entries) {
            if (entry.isDir()) {
                find(storage, entry.getPath(), into);
            } else if (!ending(entry.getPath()).isEmpty()) {
                into.add(entry.getPath());
            }
        }
    }

    private static void copy(FileSystem storage, Path from, java.nio.file.Path to) throws IOException {
        try (InputStream object = storage.open(from)) {
            Files.copy(object, to);
        }
    }

    /** The ending of a picture's name; empty where it is none. */
    private static String ending(Path path) {
        String name = path.getName().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().filter(name::endsWith).findFirst().orElse("");
    }
}

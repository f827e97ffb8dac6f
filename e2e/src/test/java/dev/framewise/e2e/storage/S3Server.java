package dev.framewise.e2e.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 server on a free port of 127.0.0.1 that checks signatures, with one bucket, and Flink's file system pointed at it. */
public final class S3Server implements AutoCloseable {
    private static final String BUCKET = "fleet";
    private static final String ACCESS_KEY = "test-access-key";
    private static final String SECRET_KEY = "test-secret-key";

    private final S3Proxy server;

    private S3Server(S3Proxy server) {
        this.server = server;
    }

    /**
     * @param directory where it keeps its objects; made if missing
     */
    public static S3Server start(Path directory) throws Exception {
        Files.createDirectories(directory.resolve(BUCKET));
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .build();
        server.start();
        return new S3Server(server);
    }

    /** From now on, {@code s3://} in this JVM is this server. */
    public void useInFlink() {
        Configuration settings = new Configuration();
        settings.setString("s3.endpoint", "http://127.0.0.1:" + server.getPort());
        settings.setString("s3.region", "us-east-1");
        settings.setString("s3.path-style-access", "true");
        settings.setString("s3.access-key", ACCESS_KEY);
        settings.setString("s3.secret-key", SECRET_KEY);
        FileSystem.initialize(settings, /* pluginManager= */ null);
    }

    /** An address in its bucket. */
    public String uri(String key) {
        return "s3://" + BUCKET + "/" + key;
    }

    /** How AWS's own tools would be told of it. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL",
                "http://127.0.0.1:" + server.getPort(),
                "AWS_ACCESS_KEY_ID",
                ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                SECRET_KEY);
    }

    /** Stores an object; after {@link #useInFlink}. */
    public void put(String key, byte[] bytes) throws IOException {
        org.apache.flink.core.fs.Path to = new org.apache.flink.core.fs.Path(uri(key));
        try (OutputStream object = to.getFileSystem().create(to, FileSystem.WriteMode.OVERWRITE)) {
            object.write(bytes);
        }
    }

    /** Fetches every object below an address into a directory that is made, and returns how many there were. */
    public static int fetch(String uri, Path directory) throws IOException {
        int files = 0;
        org.apache.flink.core.fs.Path from = new org.apache.flink.core.fs.Path(uri);
        FileSystem s3 = from.getFileSystem();
        Files.createDirectories(directory);
        for (FileStatus entry : s3.listStatus(from)) {
            String name = entry.getPath().getName();
            if (entry.isDir()) {
                files += fetch(uri + "/" + name, directory.resolve(name));
            } else {
                try (FSDataInputStream object = s3.open(entry.getPath())) {
                    Files.copy(object, directory.resolve(name));
                }
                files++;
            }
        }
        return files;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}

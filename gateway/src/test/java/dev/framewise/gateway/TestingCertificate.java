package dev.framewise.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A key and a self-signed certificate for 127.0.0.1, made with the JDK's keytool. */
final class TestingCertificate {
    static final String PASSWORD = "keystore-password";
    private static final String ALIAS = "broker";

    private final Path keystore;

    private TestingCertificate(Path keystore) {
        this.keystore = keystore;
    }

    static TestingCertificate make(Path keystore) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(keystore.resolveSibling("keytool.log").toFile())
                .start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException(Files.readString(keystore.resolveSibling("keytool.log")));
        }
        return new TestingCertificate(keystore);
    }

    /** A PKCS12 file. */
    Path keystore() {
        return keystore;
    }

    /** The certificate without its key. */
    String pem() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        ByteArrayOutputStream pem = new ByteArrayOutputStream();
        pem.write("-----BEGIN CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII));
        pem.write(Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encode(store.getCertificate(ALIAS).getEncoded()));
        pem.write("\n-----END CERTIFICATE-----\n".getBytes(StandardCharsets.US_ASCII));
        return pem.toString(StandardCharsets.US_ASCII);
    }
}

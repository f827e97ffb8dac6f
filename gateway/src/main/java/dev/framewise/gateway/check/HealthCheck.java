package dev.framewise.gateway.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Whether the port of the health page is free. */
final class HealthCheck {
    private HealthCheck() {}

    /** @param port of localhost; 0 for none, of which there is nothing to say */
    static Optional<Finding> check(int port) {
        if (port == 0) {
            return Optional.empty();
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Optional.of(Finding.ok("health", "http://127.0.0.1:" + port + "/healthz will be here"));
        } catch (IOException e) {
            return Optional.of(
                    Finding.note(
                            "health",
                            "port " + port + " cannot be used (" + e.getMessage() + ")",
                            "does the gateway run already? Else give health.port another one; without the page it runs all the same"));
        }
    }
}

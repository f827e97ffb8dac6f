package dev.framewise.gateway.check;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.GatewayParts;
import dev.framewise.gateway.capture.FrameSource;
import dev.framewise.gateway.capture.Picture;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens a camera and takes one picture, in the time that the gateway would give it. */
final class CameraCheck {
    private static final String DEVICE = "/dev/video";

    private final GatewayParts parts;

    CameraCheck(GatewayParts parts) {
        this.parts = parts;
    }

    Finding check(CameraSettings camera) throws InterruptedException {
        String part = "camera " + camera.name();
        CompletableFuture<String> picture = new CompletableFuture<>();
        Thread thread = new Thread(() -> take(camera, picture), "check-" + camera.name());
        // a driver that hangs must not keep the process from ending
        thread.setDaemon(true);
        thread.start();
        try {
            return Finding.ok(part, picture.get(camera.grabTimeout().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Finding.failed(
                    part,
                    camera.shownSource() + ": no picture in "
                            + camera.grabTimeout().toSeconds() + " s",
                    "is it switched on? A slow one needs a longer cameras[].grabTimeout");
        } catch (ExecutionException e) {
            return Finding.failed(
                    part, camera.hideSecrets(String.valueOf(e.getCause().getMessage())), advice(camera));
        }
    }

    private void take(CameraSettings camera, CompletableFuture<String> picture) {
        try (FrameSource source = parts.sources().open(camera)) {
            Picture first = source.next();
            if (first == null) {
                picture.completeExceptionally(new IOException(camera.shownSource() + ": holds no picture"));
                return;
            }
            byte[] jpeg = first.jpeg();
            JpegHeader header = JpegHeader.parse(jpeg);
            String given = source.given().isEmpty() ? "" : " (" + source.given() + ")";
            picture.complete("a picture of " + header.width() + "x" + header.height() + ", "
                    + (jpeg.length + 1023) / 1024 + " KiB" + given);
        } catch (ImageFormatException e) {
            picture.completeExceptionally(
                    new IOException(camera.shownSource() + ": gives what is no JPEG: " + e.getMessage(), e));
        } catch (IOException | GatewayException e) {
            picture.completeExceptionally(e);
        } catch (RuntimeException | LinkageError e) {
            picture.completeExceptionally(new IOException(camera.shownSource() + ": " + e, e));
        }
    }

    private static String advice(CameraSettings camera) {
        String source = camera.source();
        if (source.startsWith(DEVICE)) {
            return Files.exists(Path.of(source))
                    ? "may this user read " + source + " (group video), and is no other program using it?"
                    : "there is no " + source + "; 'ls /dev/video*' shows what there is";
        }
        if (source.contains("://")) {
            return "are address, user and password right, and can this machine reach it? Secrets: ${file:...}, ${env:...}";
        }
        return "is it there, and may this user read it?";
    }
}

package dev.framewise.gateway.check;

import dev.framewise.gateway.GatewayException;
import dev.framewise.gateway.GatewayParts;
import dev.framewise.gateway.capture.FrameSource;
import dev.framewise.gateway.capture.Picture;
import dev.framewise.gateway.capture.PictureFormat;
import dev.framewise.gateway.config.CameraSettings;
import dev.framewise.vision.image.ClipReader;
import dev.framewise.vision.image.DeviceSupport;
import dev.framewise.vision.image.ImageFormatException;
import dev.framewise.vision.image.JpegHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens a camera and takes one picture, in the time that the gateway would give it. */
final class CameraCheck {
    private final GatewayParts parts;

    CameraCheck(GatewayParts parts) {
        this.parts = parts;
    }

    Finding check(CameraSettings camera) throws InterruptedException {
        String part = "camera " + camera.name();
        CompletableFuture<Finding> picture = new CompletableFuture<>();
        Thread thread = new Thread(() -> take(camera, part, picture), "check-" + camera.name());
        // a driver that hangs must not keep the process from ending
        thread.setDaemon(true);
        thread.start();
        try {
            return picture.get(camera.grabTimeout().toNanos(), TimeUnit.NANOSECONDS);
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

    private void take(CameraSettings camera, String part, CompletableFuture<Finding> picture) {
        try (FrameSource source = parts.sources().open(camera)) {
            Picture first = source.next();
            if (first == null) {
                picture.completeExceptionally(new IOException(camera.shownSource() + ": holds no picture"));
                return;
            }
            byte[] jpeg = first.jpeg();
            JpegHeader header = JpegHeader.parse(jpeg);
            Optional<PictureFormat> given = source.given();
            String found = "a picture of " + header.width() + "x" + header.height() + ", " + (jpeg.length + 1023) / 1024
                    + " KiB" + given.map(format -> " (" + format + ")").orElse("");
            picture.complete(
                    given.isEmpty() || given.get().fulfils(camera.wish())
                            ? Finding.ok(part, found)
                            : Finding.note(part, found, "it was asked for " + camera.wish() + modes(camera.source())));
        } catch (ImageFormatException e) {
            picture.completeExceptionally(
                    new IOException(camera.shownSource() + ": gives what is no JPEG: " + e.getMessage(), e));
        } catch (IOException | GatewayException e) {
            picture.completeExceptionally(e);
        } catch (RuntimeException | LinkageError e) {
            picture.completeExceptionally(new IOException(camera.shownSource() + ": " + e, e));
        }
    }

    private static String modes(String source) {
        return ClipReader.isDevice(source)
                ? " and gives the nearest that it has: 'v4l2-ctl -d " + source + " --list-formats-ext' shows all"
                : ", but only a camera of this machine can be asked: set the stream in the camera itself";
    }

    private static String advice(CameraSettings camera) {
        String source = camera.source();
        if (ClipReader.isDevice(source)) {
            if (DeviceSupport.problem().isPresent()) {
                return "then start the gateway again";
            }
            return Files.exists(Path.of(source))
                    ? "may this user read " + source + " (group video), and is no other program using it?"
                    : "there is no " + source + "; 'ls /dev/video* /dev/v4l/by-id' shows what there is";
        }
        if (source.contains("://")) {
            return "are address, user and password right, and can this machine reach it? Secrets: ${file:...}, ${env:...}";
        }
        return "is it there, and may this user read it?";
    }
}

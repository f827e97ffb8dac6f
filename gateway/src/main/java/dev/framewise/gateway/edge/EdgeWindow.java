package dev.framewise.gateway.edge;

import java.awt.GraphicsEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.swing.ImageIcon;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/** A window with the newest picture. What the window does not get to in time is not shown. */
final class EdgeWindow implements Overlay.Screen {
    private final JFrame window = new JFrame("Framewise");
    private final JLabel picture = new JLabel();
    private final AtomicReference<byte[]> newest = new AtomicReference<>();
    private boolean sized;

    /** Opens it; only where {@link #whyNot} gives nothing. */
    EdgeWindow() {
        SwingUtilities.invokeLater(() -> {
            window.setDefaultCloseOperation(WindowConstants.HIDE_ON_CLOSE);
            window.add(picture);
            window.setSize(640, 480);
            window.setVisible(true);
        });
    }

    /** Why there can be no window here; empty where there can. */
    static String whyNot() {
        if (System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null) {
            return "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)";
        }
        // the launchers say otherwise, for everything else that Framewise does
        System.setProperty("java.awt.headless", "false");
        try {
            return GraphicsEnvironment.isHeadless() || GraphicsEnvironment.getLocalGraphicsEnvironment() == null
                    ? "Java has no display"
                    : "";
        } catch (RuntimeException | LinkageError e) {
            return "this Java cannot open windows (" + e + "); Debian's openjdk-17-jre can, its -headless cannot";
        }
    }

    @Override
    public boolean isWatched() {
        return window.isVisible() || !sized;
    }

    @Override
    public void show(byte[] jpeg) {
        if (newest.getAndSet(jpeg) == null) {
            SwingUtilities.invokeLater(this::draw);
        }
    }

    private void draw() {
        try {
            picture.setIcon(new ImageIcon(ImageIO.read(new ByteArrayInputStream(newest.getAndSet(null)))));
        } catch (IOException e) {
            throw new IllegalStateException("a picture of our own is no JPEG", e);
        }
        if (!sized) {
            sized = true;
            window.pack();
        }
    }

    @Override
    public void close() {
        SwingUtilities.invokeLater(window::dispose);
    }
}

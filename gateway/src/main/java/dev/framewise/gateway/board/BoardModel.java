package dev.framewise.gateway.board;

import dev.framewise.gateway.config.BoardSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a machine says it is: the device tree's model on ARM boards, DMI's product name on x86. Immutable.
 *
 * @param name in its maker's words, such as {@code Raspberry Pi 5 Model B Rev 1.0}; empty where it says nothing
 * @param profile the same for reports, such as {@code raspberry-pi-5}; {@code unknown} where it says nothing
 */
public record BoardModel(String name, String profile) {
    /** Boards of many revisions, by how their names begin; a longer beginning stands before a shorter one. */
    private static final Map<String, String> FAMILIES = families();

    private static Map<String, String> families() {
        Map<String, String> families = new LinkedHashMap<>();
        families.put("Raspberry Pi 5", "raspberry-pi-5");
        families.put("Raspberry Pi Compute Module 5", "raspberry-pi-5");
        families.put("Raspberry Pi 4", "raspberry-pi-4");
        families.put("NVIDIA Jetson AGX Orin", "jetson-agx-orin");
        families.put("NVIDIA Jetson Orin NX", "jetson-orin-nx");
        families.put("NVIDIA Jetson Orin Nano", "jetson-orin-nano");
        families.put("NVIDIA Orin Nano", "jetson-orin-nano");
        families.put("NVIDIA Jetson Nano", "jetson-nano");
        families.put("Freescale i.MX8MQ Phanbell", "coral-dev-board");
        return families;
    }

    /** The board whose system files are in these places. */
    public static BoardModel read(BoardSettings.Places places) {
        for (Path file : List.of(
                places.proc().resolve("device-tree/model"), places.sysfs().resolve("class/dmi/id/product_name"))) {
            String name = text(file);
            if (!name.isEmpty()) {
                return new BoardModel(name, profileOf(name));
            }
        }
        return new BoardModel("", "unknown");
    }

    private static String profileOf(String name) {
        for (Map.Entry<String, String> family : FAMILIES.entrySet()) {
            if (name.startsWith(family.getKey())) {
                return family.getValue();
            }
        }
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return plain.isEmpty() ? "unknown" : plain;
    }

    private static String text(Path file) {
        try {
            // the device tree ends its strings with a zero
            return Files.readString(file, StandardCharsets.ISO_8859_1)
                    .replace("\0", "")
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }
}

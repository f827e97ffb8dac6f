package dev.framewise.toolkit;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Width and height of pictures as the command line gives them, such as {@code 416x384}.
 *
 * @param width pixels, from 1
 * @param height pixels, from 1
 */
record PictureSize(int width, int height) {
    /**
     * Reads one.
     *
     * @param option the option it was given for
     * @throws ParameterException if it is none
     */
    static PictureSize parse(CommandLine command, String option, String text) {
        if (!text.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
            throw new ParameterException(
                    command, option + " is '" + text + "'; allowed: width x height, such as 416x384");
        }
        String[] parts = text.split("x", -1);
        return new PictureSize(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }
}

package dev.framewise.vision.image;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avutil;

/** Why FFmpeg failed, in its words: JavaCV's exceptions tell the number only. */
public final class FfmpegReason {
    private static final Pattern NUMBER = Pattern.compile("error (-\\d+)");
    private static final int LONGEST = 256;

    private FfmpegReason() {}

    /** Such as {@code Connection refused} or {@code Device or resource busy}; the failure's own message where it has no number. */
    public static String of(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher number = NUMBER.matcher(message);
        if (!number.find()) {
            return message;
        }
        byte[] text = new byte[LONGEST];
        avutil.av_strerror(Integer.parseInt(number.group(1)), text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }
}

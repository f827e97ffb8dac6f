package dev.framewise.gateway.config;

/**
 * One option of the configuration file.
 *
 * @param key within its section
 * @param defaultValue null where the option is required, or where {@code defaultText} says what happens instead
 * @param defaultText the default as people write it; 'required' where there is none
 * @param range the allowed values, for people
 * @param description one sentence
 * @param parser from the text in the file
 * @param <T> the type of its value
 */
public record Option<T>(
        String key, T defaultValue, String defaultText, String range, String description, Parser<T> parser) {

    /** Reads a value. */
    @FunctionalInterface
    public interface Parser<T> {
        /** @throws IllegalArgumentException if the text is none of the allowed values; its message is not shown */
        T parse(String text);
    }

    static final String REQUIRED = "required";

    boolean isRequired() {
        return REQUIRED.equals(defaultText);
    }
}

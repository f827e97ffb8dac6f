package dev.framewise.jobs;

import dev.framewise.operators.inference.Tuning;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number, or {@code auto}. */
final class NumberOrAuto implements ITypeConverter<Integer> {
    private static final String NUMBER = "[1-9]\\d{0,8}";

    @Override
    public Integer convert(String value) {
        if (value.equals("auto")) {
            return Tuning.AUTO;
        }
        if (!value.matches(NUMBER)) {
            throw new TypeConversionException("'" + value + "' is neither a number from 1 on nor 'auto'");
        }
        return Integer.valueOf(value);
    }
}

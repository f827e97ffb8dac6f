package dev.framewise.toolkit.picture;

import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which pictures are for what. The last two fifths are for the report and seen by nothing before it; the ones before are dealt out evenly
 * to calibration and search. Fewer than {@link #LEAST} pictures are for everything, and {@code overlapping} says so.
 *
 * @param calibration numbers of the pictures, from 1, that ranges are read off
 * @param search those that choices are made by
 * @param test those that the report is made of
 * @param overlapping whether one picture has several purposes, so that the report flatters
 */
public record Split(TreeSet<Integer> calibration, TreeSet<Integer> search, TreeSet<Integer> test, boolean overlapping) {
    /** The least number of pictures that are divided. */
    public static final int LEAST = 30;

    /**
     * Deals out pictures.
     *
     * @param count of all
     * @param calibration most for calibration
     * @param search most for the search
     * @param test most for the report
     */
    public static Split of(int count, int calibration, int search, int test) {
        if (count < LEAST) {
            TreeSet<Integer> all = even(1, count, count);
            return new Split(all, all, all, /* overlapping= */ true);
        }
        int before = count * 3 / 5;
        int dealt = Math.min(before, calibration + search);
        TreeSet<Integer> first = even(1, before, dealt);
        TreeSet<Integer> forCalibration = new TreeSet<>();
        TreeSet<Integer> forSearch = new TreeSet<>();
        long share = Math.max(1, Math.round((double) dealt * calibration / (calibration + search)));
        long given = 0;
        int place = 0;
        for (int number : first) {
            place++;
            if (given * dealt < place * share && given < calibration) {
                forCalibration.add(number);
                given++;
            } else {
                forSearch.add(number);
            }
        }
        return new Split(forCalibration, forSearch, even(before + 1, count, test), /* overlapping= */ false);
    }

    private static TreeSet<Integer> even(int from, int to, int most) {
        int count = Math.min(most, to - from + 1);
        return Stream.iterate(0, i -> i < count, i -> i + 1)
                .map(i -> from + (int) ((long) i * (to - from + 1) / count))
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
    }
}

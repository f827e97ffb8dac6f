package dev.framewise.toolkit.classify;

import java.util.List;
import java.util.Optional;

/**
 * Who learns from what, all of the same classes and size.
 *
 * @param ofTeacher labelled pictures that a teacher is trained on, where none is given
 * @param ofStudents labelled pictures that every student is told the class of
 * @param unlabelled pictures to which a student hears the teacher's answers only; one without a teacher does not see them
 */
public record Lessons(PictureFolder ofTeacher, PictureFolder ofStudents, Optional<PictureFolder> unlabelled) {
    /** Everybody learns from the same labels. */
    public static Lessons same(PictureFolder labelled) {
        return new Lessons(labelled, labelled, Optional.empty());
    }

    /**
     * Students are told the class of one picture of so many, and see the others without.
     *
     * @param every at least 1, and then everybody learns from the same labels
     */
    public static Lessons oneOf(PictureFolder labelled, int every) {
        return every == 1
                ? same(labelled)
                : new Lessons(labelled, labelled.oneOf(every), Optional.of(labelled.butOneOf(every)));
    }

    /** The same with more pictures that nobody has labelled. */
    public Lessons with(PictureFolder more) {
        return new Lessons(
                ofTeacher,
                ofStudents,
                Optional.of(unlabelled.map(some -> some.and(more)).orElse(more)));
    }

    List<String> classes() {
        return ofTeacher.classes();
    }
}

package dev.framewise.vision.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FollowedTest {
    @Test
    void countsBoxesAndHowLateNewcomersAreShown() {
        List<MotRow> reference = new ArrayList<>();
        List<MotRow> rows = new ArrayList<>();
        for (int frame = 1; frame <= 10; frame++) {
            reference.add(box(frame, /* id= */ 7, /* x= */ 0));
            if (frame >= 4) {
                reference.add(box(frame, 2, 100));
            }
            if (frame >= 6) {
                reference.add(box(frame, 3, 300));
                rows.add(box(frame, /* id= */ 12, /* x= */ 104));
                rows.add(box(frame, 13, 311));
            }
            rows.add(box(frame, 11, 2));
        }
        Followed followed = Followed.of(reference, rows, /* from= */ 1);
        assertThat(followed.boxes()).isEqualTo(10 + 7 + 5);
        assertThat(followed.shown()).as("11 of 20 pixels beside it is too far").isEqualTo(10 + 5);
        assertThat(followed.share()).isEqualTo(15 / 22.0);
        assertThat(followed.delays()).containsExactly(OptionalInt.of(0), OptionalInt.of(2), OptionalInt.empty());
        assertThat(followed.longestDelay()).isEqualTo(2);
        assertThat(followed.neverShown()).isEqualTo(1);
    }

    @Test
    void whatBeganBeforeItCountsIsNoNewcomer() {
        List<MotRow> reference = List.of(box(1, 1, 0), box(2, 1, 0), box(3, 1, 0));
        Followed followed = Followed.of(reference, List.of(box(3, 5, 0)), /* from= */ 2);
        assertThat(followed.boxes()).isEqualTo(2);
        assertThat(followed.shown()).isEqualTo(1);
        assertThat(followed.delays()).isEmpty();
        assertThat(Followed.of(List.of(), List.of(), 1).share()).isEqualTo(1);
    }

    private static MotRow box(int frame, int id, double x) {
        return new MotRow(frame, id, x, 0, /* width= */ 20, /* height= */ 40, /* score= */ 1, /* classId= */ 0);
    }
}

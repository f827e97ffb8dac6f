package dev.framewise.toolkit.export;

import dev.framewise.vision.detect.ModelException;
import java.io.IOException;
import java.util.List;

/** By what a converter chooses among candidates: inputs that are not those of the report, labels left out. */
record Search(ExportRequest asked, SideBySide inputs) {
    /** How far a candidate is from the float model. */
    Agreement of(RunBack candidate) throws ModelException, IOException, InterruptedException {
        return inputs.compare(candidate);
    }

    /** Why such a candidate would not be shipped. */
    List<String> reasons(Agreement agreement) {
        return ExportVerdict.reasons(asked, agreement);
    }

    /** Whether such a candidate would be shipped. */
    boolean isGoodEnough(Agreement agreement) {
        return reasons(agreement).isEmpty();
    }
}

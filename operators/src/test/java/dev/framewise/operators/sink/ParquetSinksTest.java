package dev.framewise.operators.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.framewise.schemas.BenchmarkRow;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParquetSinksTest {
    @ParameterizedTest
    @CsvSource({
        "2026-03-29T01:59:59.999999Z, date=2026-03-29/hour=01",
        "2026-03-29T02:00:00Z, date=2026-03-29/hour=02",
        "2027-01-01T00:00:00Z, date=2027-01-01/hour=00",
        "1969-12-31T23:59:59.999999Z, date=1969-12-31/hour=23"
    })
    void aRowIsInTheUtcHourInWhichItsWindowStarts(Instant start, String partition) {
        long micros = start.getEpochSecond() * 1_000_000 + start.getNano() / 1_000;
        BenchmarkRow row = TestingRows.row("gate-1", "nano", 0)
                .setWindowStartMicros(micros)
                .setWindowEndMicros(micros + TestingRows.WINDOW_MICROS)
                .build();
        assertThat(new ParquetSinks.ByHour().getBucketId(row, /* context= */ null))
                .isEqualTo(partition);
    }
}

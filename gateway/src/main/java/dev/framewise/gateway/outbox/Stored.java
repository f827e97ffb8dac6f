package dev.framewise.gateway.outbox;

import dev.framewise.gateway.publish.OutRecord.FrameMark;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of the store without its record.
 *
 * @param id of the row
 * @param topic name in Kafka
 * @param key camera or device
 * @param frame what it is about where it is a frame; null otherwise
 * @param epoch of the frame, or of the run that wrote it
 * @param micros its time, microseconds since 1970
 * @param bytes on the disk, roughly
 */
record Stored(long id, String topic, String key, FrameMark frame, long epoch, long micros, long bytes) {
    static Stored of(ResultSet row) throws SQLException {
        int disposition = row.getInt("disposition");
        FrameMark frame = disposition == Codes.NO_FRAME
                ? null
                : new FrameMark(
                        row.getLong("epoch"),
                        row.getLong("sequence"),
                        row.getLong("micros"),
                        row.getInt("width"),
                        row.getInt("height"),
                        Codes.disposition(disposition));
        return new Stored(
                row.getLong("id"),
                row.getString("topic"),
                row.getString("key"),
                frame,
                row.getLong("epoch"),
                row.getLong("micros"),
                row.getLong("bytes"));
    }
}

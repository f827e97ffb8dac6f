package dev.framewise.vision.track;

/** A list of tracks as text, every float to its last bit, so that two are the same if and only if their texts are. */
final class TestingTracks {
    private TestingTracks() {}

    static String text(TrackList tracks) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tracks.size(); i++) {
            text.append(tracks.id(i))
                    .append(' ')
                    .append(Float.toHexString(tracks.x1(i)))
                    .append(' ')
                    .append(Float.toHexString(tracks.y1(i)))
                    .append(' ')
                    .append(Float.toHexString(tracks.x2(i)))
                    .append(' ')
                    .append(Float.toHexString(tracks.y2(i)))
                    .append(' ')
                    .append(Float.toHexString(tracks.score(i)))
                    .append(' ')
                    .append(tracks.classId(i))
                    .append(' ')
                    .append(tracks.state(i))
                    .append(' ')
                    .append(tracks.provenance(i))
                    .append(' ')
                    .append(tracks.ageFrames(i))
                    .append(' ')
                    .append(tracks.framesSinceDetected(i))
                    .append('\n');
        }
        for (int i = 0; i < tracks.startedSize(); i++) {
            text.append("started ").append(tracks.started(i)).append('\n');
        }
        for (int i = 0; i < tracks.endedSize(); i++) {
            text.append("ended ").append(tracks.ended(i)).append('\n');
        }
        return text.toString();
    }
}

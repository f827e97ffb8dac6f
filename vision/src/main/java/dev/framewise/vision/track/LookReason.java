package dev.framewise.vision.track;

/** Why the detector looks at a frame, or does not. */
public enum LookReason {
    /** Nobody has looked at this camera yet, or not since its tracks ended. */
    FIRST(true),
    /** It is one of N. */
    INTERVAL(true),
    /** Too long ago, whatever the signals say. */
    OVERDUE(true),
    /** The picture as a whole is another one. */
    SCENE_CHANGE(true),
    /** Something moves where no track is. */
    ENTRY(true),
    /** The tracks are no longer known well enough. */
    UNCERTAIN(true),
    /** Pixel motion lost hold of tracks. */
    FLOW_FAILED(true),
    /** Tracks move fast. */
    MOTION(true),
    /** Nothing asks for it. */
    NOT_NEEDED(false),
    /** Something asks for it, but the budget is spent. */
    OVER_BUDGET(false),
    /** There is no picture; nobody was asked. */
    NO_PICTURE(false);

    private final boolean looks;

    LookReason(boolean looks) {
        this.looks = looks;
    }

    /** Whether the detector looks. */
    public boolean looks() {
        return looks;
    }
}

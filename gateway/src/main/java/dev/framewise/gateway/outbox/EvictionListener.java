package dev.framewise.gateway.outbox;

import dev.framewise.schemas.Disposition;

/** Hears of frames that were captured, counted and then lost their pictures after all. Called from any thread. */
@FunctionalInterface
public interface EvictionListener {

    /**
     * A frame of this run was evicted.
     *
     * @param was what had been done with it
     */
    void evicted(String camera, Disposition was);
}

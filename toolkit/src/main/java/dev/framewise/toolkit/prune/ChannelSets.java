package dev.framewise.toolkit.prune;

import java.util.Arrays;

/**
 * Channels that stay or go together, as sets that grow into one another (union-find with halving of paths). A set that is bound stays.
 * Not thread-safe.
 */
final class ChannelSets {
    private int[] parents = new int[64];
    private boolean[] bound = new boolean[64];
    private int size;

    /** New channels, each in a set of its own. */
    int[] add(int count) {
        int[] channels = new int[count];
        for (int i = 0; i < count; i++) {
            if (size == parents.length) {
                parents = Arrays.copyOf(parents, 2 * size);
                bound = Arrays.copyOf(bound, 2 * size);
            }
            parents[size] = size;
            channels[i] = size++;
        }
        return channels;
    }

    /** The set of a channel, by the number of one of its members. */
    int set(int channel) {
        int at = channel;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    void join(int a, int b) {
        int first = set(a);
        int second = set(b);
        parents[second] = first;
        bound[first] |= bound[second];
    }

    void bind(int[] channels) {
        for (int channel : channels) {
            bound[set(channel)] = true;
        }
    }

    boolean isBound(int channel) {
        return bound[set(channel)];
    }
}

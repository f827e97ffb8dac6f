package dev.framewise.benchmarks;

import dev.framewise.local.CommandProvider;

/** Adds {@code bench} to the command line. */
public final class BenchCommandProvider implements CommandProvider {
    @Override
    public Object command() {
        return new BenchCommand();
    }
}

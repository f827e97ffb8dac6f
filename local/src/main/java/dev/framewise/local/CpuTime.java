package dev.framewise.local;

import java.lang.management.ManagementFactory;

/** CPU time of this process. */
public final class CpuTime {
    private CpuTime() {}

    /** Nanoseconds so far, all threads; 0 on a JVM that does not count them. */
    public static long processNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? Math.max(0, os.getProcessCpuTime())
                : 0;
    }
}

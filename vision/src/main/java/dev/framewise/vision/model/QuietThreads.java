package dev.framewise.vision.model;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes daemon threads that give way: with Linux's nice value {@value #NICE} they get about a tenth of a core that others
 * want, and all of one that nobody wants. Java's own thread priorities do nothing on Linux. Where the system does not let us,
 * they are as other threads, and that is logged once.
 *
 * <p>Threads that such a thread starts are as nice as it is: a network that is opened here must run on its caller's thread
 * alone, or its helpers would give way for ever.
 *
 * <p>Source: setpriority(2), where a nice value belongs to a thread, not to a process.
 */
public final class QuietThreads implements ThreadFactory {
    /** Weight 110 of 1024 in Linux's scheduler. */
    static final int NICE = 10;

    private static final Logger LOG = LoggerFactory.getLogger(QuietThreads.class);
    private static final int PRIO_PROCESS = 0;
    private static final int CALLER = 0;
    private static final boolean CAN = load();

    private final String name;

    /** @param name of every thread */
    public QuietThreads(String name) {
        this.name = name;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(
                () -> {
                    giveWay();
                    task.run();
                },
                name);
        thread.setDaemon(true);
        return thread;
    }

    private static void giveWay() {
        if (CAN && setpriority(PRIO_PROCESS, CALLER, NICE) != 0) {
            LOG.info("a background thread cannot give way: error {} of setpriority", Native.getLastError());
        }
    }

    private static boolean load() {
        try {
            Native.register(QuietThreads.class, NativeLibrary.getProcess());
            return true;
        } catch (UnsatisfiedLinkError e) {
            LOG.info("background threads cannot give way here: {}", e.getMessage());
            return false;
        }
    }

    private static native int setpriority(int which, int who, int value);
}

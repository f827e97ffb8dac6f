package dev.framewise.local.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.FlinkException;

/**
 * Flink's JobManager and one TaskManager in this JVM, REST on a free port of 127.0.0.1, checkpoints and savepoints under a
 * directory. Calls wait for the cluster at most {@link #PATIENCE}; any thread may make them.
 */
public final class EmbeddedFlink implements AutoCloseable {
    /** The longest a command to the cluster may take; a savepoint of these jobs is a matter of milliseconds. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(50);

    private final MiniCluster cluster;
    private final Path directory;
    private final int slots;

    private EmbeddedFlink(MiniCluster cluster, Path directory, int slots) {
        this.cluster = cluster;
        this.directory = directory;
        this.slots = slots;
    }

    /**
     * Starts the cluster (2 to 5 s on two slow cores).
     *
     * @param directory for checkpoints and savepoints; made if missing
     * @param slots of the TaskManager: the sum of the jobs' parallelisms, at least 1
     * @throws FlinkException if the cluster does not come up
     */
    public static EmbeddedFlink start(Path directory, int slots) throws FlinkException, IOException {
        Files.createDirectories(directory);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(FlinkSettings.cluster(directory))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        try {
            cluster.start();
        } catch (Exception e) {
            FlinkException failure = new FlinkException("starting Flink inside this JVM", e);
            try {
                await(cluster.closeAsync(), "clearing up after a failed start");
            } catch (FlinkException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
        return new EmbeddedFlink(cluster, directory, slots);
    }

    /**
     * An environment to build a job in, with this cluster's checkpoint directory, object reuse and heap state. Its own
     * {@code execute} is not for use: hand it to {@link #submit}.
     *
     * @param parallelism of the job's operators, at least 1
     */
    public StreamExecutionEnvironment newEnvironment(int parallelism, Duration checkpointInterval) {
        StreamExecutionEnvironment env =
                new StreamExecutionEnvironment(FlinkSettings.job(directory, checkpointInterval));
        return env.setParallelism(parallelism);
    }

    /** Number of slots. */
    public int slots() {
        return slots;
    }

    /** Submits what was built in the environment and returns once the cluster has taken it. */
    public JobID submit(StreamExecutionEnvironment env, String name) throws FlinkException {
        return submit(env, name, SavepointRestoreSettings.none());
    }

    /**
     * Like {@link #submit(StreamExecutionEnvironment, String)}, beginning from a checkpoint or savepoint.
     *
     * @param restoreFrom as {@link #stopWithSavepoint} or {@link #checkpoint} returned it
     */
    public JobID submitFrom(StreamExecutionEnvironment env, String name, String restoreFrom) throws FlinkException {
        return submit(env, name, SavepointRestoreSettings.forPath(restoreFrom));
    }

    private JobID submit(StreamExecutionEnvironment env, String name, SavepointRestoreSettings restore)
            throws FlinkException {
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(name);
        graph.setSavepointRestoreSettings(restore);
        return await(cluster.submitJob(graph.getJobGraph()), "submitting the " + name + " job")
                .getJobID();
    }

    /** Where the job stands. */
    public JobStatus status(JobID job) throws FlinkException {
        return await(cluster.getJobStatus(job), "asking for the state of job " + job);
    }

    /**
     * Waits until every task of the job runs: models are loaded, topics are being read.
     *
     * @throws FlinkException if that takes too long
     */
    public void awaitRunning(JobID job, Duration atMost) throws FlinkException {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        while (!allTasksRun(job)) {
            if (status(job).isGloballyTerminalState()) {
                awaitEnd(job, PATIENCE);
            }
            if (System.nanoTime() > deadlineNanos) {
                throw new FlinkException("job " + job + " does not run after " + atMost);
            }
            pause();
        }
    }

    private boolean allTasksRun(JobID job) throws FlinkException {
        boolean any = false;
        for (AccessExecutionVertex task : await(cluster.getExecutionGraph(job), "looking at the tasks of job " + job)
                .getAllExecutionVertices()) {
            if (task.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
            any = true;
        }
        // A job that is still being initialized has no tasks yet.
        return any;
    }

    private static void pause() throws FlinkException {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkException("interrupted while waiting for a job", e);
        }
    }

    /**
     * Takes a checkpoint now.
     *
     * @return its address, for {@link #submitFrom}; kept when the job is cancelled
     */
    public String checkpoint(JobID job) throws FlinkException {
        return await(cluster.triggerCheckpoint(job), "taking a checkpoint of job " + job);
    }

    /**
     * Ends the job's sources, lets everything in flight reach the sinks and commits it.
     *
     * @return the savepoint's address, for {@link #submitFrom}
     */
    public String stopWithSavepoint(JobID job) throws FlinkException {
        String savepoint = await(
                cluster.stopWithSavepoint(
                        job,
                        directory.resolve("savepoints").toUri().toString(),
                        /* terminate= */ true,
                        SavepointFormatType.CANONICAL),
                "stopping job " + job + " with a savepoint");
        awaitEnd(job, PATIENCE);
        return savepoint;
    }

    /** Ends the job at once: what was not committed is lost until it is restored. */
    public void cancel(JobID job) throws FlinkException {
        await(cluster.cancelJob(job), "cancelling job " + job);
        awaitEnd(job, PATIENCE);
    }

    /**
     * Waits until the job is finished, cancelled or failed for good.
     *
     * @throws FlinkException if it failed, with its cause, or does not end in time
     */
    public JobStatus awaitEnd(JobID job, Duration atMost) throws FlinkException {
        var result = await(cluster.requestJobResult(job), atMost, "waiting for the end of job " + job);
        if (result.getSerializedThrowable().isPresent() && !result.isSuccess()) {
            Throwable cause = result.getSerializedThrowable()
                    .get()
                    .deserializeError(getClass().getClassLoader());
            if (result.getJobStatus().filter(JobStatus.CANCELED::equals).isEmpty()) {
                throw new FlinkException("job " + job + " failed", cause);
            }
        }
        return result.getJobStatus().orElse(JobStatus.FAILED);
    }

    /** Kills the TaskManager without a goodbye and starts another: running jobs restore from their last checkpoint. */
    public void replaceTaskManager() throws FlinkException {
        await(cluster.terminateTaskManager(0), "ending the TaskManager");
        try {
            cluster.startTaskManager();
        } catch (Exception e) {
            throw new FlinkException("starting another TaskManager", e);
        }
    }

    /** Cancels what still runs and shuts the cluster down. */
    @Override
    public void close() throws FlinkException {
        await(cluster.closeAsync(), "shutting Flink down");
    }

    private static <T> T await(CompletableFuture<T> future, String doing) throws FlinkException {
        return await(future, PATIENCE, doing);
    }

    private static <T> T await(CompletableFuture<T> future, Duration atMost, String doing) throws FlinkException {
        try {
            return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkException("interrupted while " + doing, e);
        } catch (ExecutionException e) {
            throw new FlinkException(doing, e.getCause());
        } catch (TimeoutException e) {
            throw new FlinkException(doing + ": not done after " + atMost, e);
        }
    }
}

package dev.framewise.vision.provider;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * ONNX Runtime, from its jar or from a folder of libraries that were built for this machine: the system property
 * {@value #PATH_PROPERTY}, else the environment variable {@value #PATH_VARIABLE}. Boards like the Jetson need such a build, as
 * no published jar has CUDA or TensorRT for them.
 *
 * <p>Before anything is loaded the folder is checked: ONNX Runtime would take what is missing there from its jar, and libraries of
 * two versions end the process. Any thread.
 */
public final class NativeRuntime {
    /** ONNX Runtime's own property. */
    public static final String PATH_PROPERTY = "onnxruntime.native.path";

    /** The same for those who do not start the JVM themselves. */
    public static final String PATH_VARIABLE = "FRAMEWISE_ONNXRUNTIME_PATH";

    private static final String LIBRARY = System.mapLibraryName("onnxruntime");
    private static final String JNI_LIBRARY = System.mapLibraryName("onnxruntime4j_jni");

    private static boolean checked;

    private NativeRuntime() {}

    /**
     * The runtime of this process, checked when first asked for.
     *
     * @throws NativeRuntimeException if a folder is named that does not hold what it must
     */
    public static synchronized OrtEnvironment environment() {
        if (!checked) {
            Optional<Path> folder = named(System.getProperty(PATH_PROPERTY), System.getenv(PATH_VARIABLE));
            if (folder.isPresent()) {
                check(folder.get(), jarVersion());
                System.setProperty(PATH_PROPERTY, folder.get().toString());
            }
            checked = true;
        }
        return OrtEnvironment.getEnvironment();
    }

    /** The folder that is named; the property is nearer than the variable. */
    static Optional<Path> named(String property, String variable) {
        String first = property == null || property.isBlank() ? variable : property;
        return first == null || first.isBlank()
                ? Optional.empty()
                : Optional.of(Path.of(first).toAbsolutePath());
    }

    /** The version of the jar's classes, which its libraries must have; empty if nothing tells it. */
    static Optional<String> jarVersion() {
        // Of a job's one big jar the manifest is another's: then the library inside tells.
        String manifest = OrtEnvironment.class.getPackage().getImplementationVersion();
        return manifest != null && manifest.matches("\\d+\\.\\d+\\.\\d+") ? Optional.of(manifest) : bundledVersion();
    }

    private static Optional<String> bundledVersion() {
        String system = System.getProperty("os.arch").equals("aarch64") ? "linux-aarch64" : "linux-x64";
        String resource = "/ai/onnxruntime/native/" + system + "/" + JNI_LIBRARY;
        try (InputStream library = OrtEnvironment.class.getResourceAsStream(resource)) {
            return library == null ? Optional.empty() : LibraryVersion.find(library);
        } catch (IOException e) {
            throw new NativeRuntimeException("ONNX Runtime's jar cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Checks a folder without loading anything from it.
     *
     * @param jarVersion version that both libraries must have; empty if only each other's
     */
    static void check(Path folder, Optional<String> jarVersion) {
        String library = version(folder, LIBRARY, jarVersion);
        String jni = version(folder, JNI_LIBRARY, jarVersion);
        String wanted = jarVersion.orElse(jni);
        if (!library.equals(wanted) || !jni.equals(wanted)) {
            throw new NativeRuntimeException(what(folder) + ": expected both libraries of version " + wanted
                    + ", as the classes are; found " + LIBRARY + " of " + library + ", " + JNI_LIBRARY + " of " + jni
                    + ". "
                    + howToBuild(wanted));
        }
    }

    private static String version(Path folder, String name, Optional<String> jarVersion) {
        Path file = folder.resolve(name);
        String wanted = jarVersion.orElse("of the version in use");
        if (!Files.isRegularFile(file)) {
            throw new NativeRuntimeException(what(folder) + ": expected " + LIBRARY + " and " + JNI_LIBRARY + " there; "
                    + name + " is missing. " + howToBuild(wanted));
        }
        try (InputStream bytes = Files.newInputStream(file)) {
            return LibraryVersion.find(bytes)
                    .orElseThrow(() -> new NativeRuntimeException(what(folder) + ": " + name
                            + " is no library of ONNX Runtime, or was built without symbol versions. "
                            + howToBuild(wanted)));
        } catch (IOException e) {
            throw new NativeRuntimeException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static String what(Path folder) {
        return "ONNX Runtime in " + folder + " (" + PATH_PROPERTY + " or " + PATH_VARIABLE + ")";
    }

    private static String howToBuild(String version) {
        return "Build ONNX Runtime " + version + " for this machine, with its Java part: git checkout v" + version
                + "; ./build.sh --config Release --build_shared_lib --build_java --parallel --skip_tests, for a Jetson with"
                + " --use_cuda --use_tensorrt and their --cuda_home, --cudnn_home, --tensorrt_home; then copy "
                + LIBRARY + ", " + JNI_LIBRARY + " and libonnxruntime_providers_*.so into one folder";
    }
}

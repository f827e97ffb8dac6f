package dev.framewise.vision.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderOptionsTest {
    private static final NetworkInput INPUT = new NetworkInput("ab", "images", 320, 416, 1, 8);

    @Test
    void readsAListWithItsOptions() {
        assertThat(
                        ProviderOptions.parseList(
                                "tensorrt:fp16=true,workspace=2GB,dla=0,cache=/a:b,CUDA:device=1, openvino ,xnnpack:threads=2,cpu"))
                .containsExactly(
                        new TensorRtOptions(0, true, false, "", 2L << 30, 0, "/a:b", true),
                        new CudaOptions(1, 0),
                        OpenVinoOptions.DEFAULTS,
                        new XnnpackOptions(2),
                        new CpuOptions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu",
                "cuda",
                "cuda:device=1,memory=1073741824",
                "tensorrt",
                "tensorrt:device=2,fp16=true,int8=true,calibration=c.flatbuffers,workspace=5,dla=1,cache=/e,timing_cache=false",
                "openvino:device=GPU.1,precision=fp16",
                "xnnpack:threads=4"
            })
    void isWrittenAsItIsRead(String text) {
        assertThat(ProviderOptions.parse(text)).hasToString(text);
    }

    @Test
    void allProblemsOfAllProvidersAreReportedTogether() {
        assertThat(refusal("tensorrt:fp16=yes,fp8=true,dla=2,workspace=2TB,cuda:device=-1,gpu,openvino:precision=int4"))
                .contains(
                        "tensorrt: fp16 is yes; allowed: true, false",
                        "tensorrt: fp8 is no option; there are: cache, calibration, device, dla, fp16, int8, timing_cache,"
                                + " workspace",
                        "tensorrt: dla is 2; allowed: -1 to 1",
                        "tensorrt: workspace is 2TB; allowed: bytes, such as 2147483648, 512MB or 2GB",
                        "cuda: device is -1; allowed: 0 to 63",
                        "'gpu' is neither an execution provider nor an option; expected one of cpu, cuda, tensorrt, openvino,"
                                + " xnnpack",
                        "openvino: precision is int4 on device CPU; allowed together: [CPU_FP32, GPU_FP32");
    }

    @Test
    void whatMakesNoListIsRefused() {
        assertThat(refusal("")).contains("'' is no execution provider; there are: cpu, cuda");
        assertThat(refusal("gpu:device=1")).contains("'gpu' is no execution provider");
        assertThat(refusal("device=1,cuda")).contains("options {device=1} stand before any execution provider");
        assertThat(refusal("cuda:device=1,device=2")).contains("'device=2' is said twice");
        assertThat(refusal("cpu:threads=1")).contains("cpu: threads is no option; there are: none");
        assertThat(refusal("xnnpack:threads=0")).contains("threads is 0; allowed: 1 to 256");
        assertThat(refusal("xnnpack:threads=many")).contains("threads is many; allowed: a whole number");
        assertThat(refusal("cuda:memory=99999999999999999GB")).contains("memory is 99999999999999999GB");
        assertThat(refusal("openvino:device=TPU")).contains("device is 'TPU'; allowed: CPU, GPU");
        assertThatThrownBy(() -> ProviderOptions.parse("cuda,cpu")).hasMessageContaining("2 execution providers");
    }

    @Test
    void whatMakesNoSenseTogetherIsRefused() {
        assertThat(refusal("tensorrt:calibration=c,dla=0"))
                .contains("calibration is c without int8=true", "dla is 0 without fp16=true or int8=true");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "7B, 7", "2KB, 2048", "2kib, 2048", "3M, 3145728", "1GiB, 1073741824"})
    void bytesHaveUnits(String text, long bytes) {
        assertThat(ProviderOptions.parse("cuda:memory=" + text)).isEqualTo(new CudaOptions(0, bytes));
    }

    /** Names of ONNX Runtime 1.28's documentation of its TensorRT provider. */
    @Test
    void tensorRtIsToldInTheRuntimesWords(@TempDir Path folderOfTable) throws IOException {
        String table =
                Files.writeString(folderOfTable.resolve("c.table"), "ranges").toString();
        TensorRtOptions options = new TensorRtOptions(3, true, true, table, 1024, 1, "/engines", true);
        String folder = EngineCache.folder(options, INPUT).toString();
        assertThat(folder).startsWith("/engines/");
        assertThat(options.runtimeEntries(INPUT))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("trt_fp16_enable", "1"),
                        Map.entry("trt_int8_enable", "1"),
                        Map.entry("trt_int8_calibration_table_name", "calibration"),
                        Map.entry("trt_max_workspace_size", "1024"),
                        Map.entry("trt_dla_enable", "1"),
                        Map.entry("trt_dla_core", "1"),
                        Map.entry("trt_engine_cache_enable", "1"),
                        Map.entry("trt_engine_cache_path", folder),
                        Map.entry("trt_timing_cache_enable", "1"),
                        Map.entry("trt_timing_cache_path", folder),
                        Map.entry("trt_profile_min_shapes", "images:1x3x320x416"),
                        Map.entry("trt_profile_opt_shapes", "images:8x3x320x416"),
                        Map.entry("trt_profile_max_shapes", "images:8x3x320x416")));
        assertThat(TensorRtOptions.DEFAULTS.runtimeEntries(INPUT))
                .containsEntry("trt_fp16_enable", "0")
                .doesNotContainKeys("trt_dla_enable", "trt_max_workspace_size", "trt_int8_calibration_table_name");
    }

    @Test
    void aProviderThatComputesOtherwiseThanTheModelSaysSo() {
        assertThat(ProviderOptions.parse("tensorrt:fp16=true").computesIn()).contains("fp16");
        assertThat(ProviderOptions.parse("tensorrt:fp16=true,int8=true").computesIn())
                .contains("int8");
        assertThat(ProviderOptions.parse("openvino:device=GPU,precision=FP16").computesIn())
                .contains("fp16");
        assertThat(ProviderOptions.parse("cuda").computesIn()).isEmpty();
    }

    /** The reference page has every key of every provider. */
    @Test
    void everyKeyIsDocumented() throws IOException {
        List<String> page = Files.readAllLines(Path.of("../docs/execution-providers.md"));
        for (ExecutionProvider provider : ExecutionProvider.values()) {
            String problems = refusal(provider.id() + ":nothing=1");
            for (String key : problems.replaceFirst(".*there are: ", "").split(", ")) {
                String row = "| " + provider.id() + " | " + (key.equals("none") ? "" : "`" + key + "`");
                assertThat(page).as(row).anyMatch(line -> line.startsWith(row.strip()));
            }
        }
    }

    private static String refusal(String text) {
        return catchThrowableOfType(IllegalArgumentException.class, () -> ProviderOptions.parseList(text))
                .getMessage();
    }
}

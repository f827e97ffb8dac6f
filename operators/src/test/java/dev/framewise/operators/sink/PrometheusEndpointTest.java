package dev.framewise.operators.sink;

import static dev.framewise.operators.sink.TestingRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.framewise.schemas.BenchmarkRow;
import dev.framewise.schemas.PowerSource;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusEndpointTest {
    private PrometheusEndpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = new PrometheusEndpoint(/* port= */ 0);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void aRowIsShownInBaseUnitsUnderItsLabels() throws Exception {
        endpoint.show(row("gate-1", "nano", 0).build());
        String model = "device=\"gate-1\",model=\"nano\",precision=\"int8\",provider=\"cpu\"";
        assertThat(series())
                .containsExactlyInAnyOrder(
                        "framewise_fps{" + model + "} 7.5",
                        "framewise_fps_max{" + model + "} 9.0",
                        "framewise_window_frames{" + model + "} 75.0",
                        "framewise_latency_seconds{" + model + ",quantile=\"0\"} 0.02",
                        "framewise_latency_seconds{" + model + ",quantile=\"0.5\"} 0.04",
                        "framewise_latency_seconds{" + model + ",quantile=\"0.95\"} 0.06",
                        "framewise_latency_seconds{" + model + ",quantile=\"0.99\"} 0.08",
                        "framewise_fps_per_watt{" + model + ",source=\"estimated\"} 1.5",
                        "framewise_device_temperature_celsius{device=\"gate-1\"} 64.5",
                        "framewise_device_power_watts{device=\"gate-1\",source=\"estimated\"} 5.0",
                        "framewise_window_end_timestamp_seconds{device=\"gate-1\"} 10.0");
    }

    @Test
    void everyMetricIsAGaugeWithItsHelp() throws Exception {
        endpoint.show(row("gate-1", "nano", 0).build());
        List<String> page = scrape().lines().toList();
        for (PageMetric metric : PageMetric.values()) {
            assertThat(page)
                    .contains("# HELP " + metric.metricName() + " " + metric.help())
                    .contains("# TYPE " + metric.metricName() + " gauge");
        }
    }

    @Test
    void wattsAndTemperatureThatAreAbsentDoNotAppear() throws Exception {
        endpoint.show(withoutSensors(row("gate-1", "nano", 0)));
        assertThat(series()).isNotEmpty().noneMatch(line -> line.contains("watt") || line.contains("celsius"));
    }

    @Test
    void aSensorThatDiesTakesItsLastReadingWithIt() throws Exception {
        endpoint.show(row("gate-1", "nano", 0).build());
        endpoint.show(withoutSensors(row("gate-1", "nano", 1)));
        assertThat(series()).isNotEmpty().noneMatch(line -> line.contains("watt") || line.contains("celsius"));
    }

    @Test
    void aNewSourceOfWattsReplacesTheOld() throws Exception {
        endpoint.show(row("gate-1", "nano", 0).build());
        endpoint.show(
                row("gate-1", "nano", 1).setWattsSource(PowerSource.MEASURED).build());
        assertThat(series())
                .filteredOn(line -> line.contains("source="))
                .hasSize(2)
                .allMatch(line -> line.contains("source=\"measured\""));
    }

    @Test
    void seriesLeaveThePageWhenTheirRowsHaveStoppedComing() throws Exception {
        endpoint.show(row("gate-1", "nano", 0).build());
        endpoint.show(row("gate-2", "nano", BenchmarkPage.STALE_WINDOWS).build());
        assertThat(series()).anyMatch(line -> line.contains("gate-1"));
        endpoint.show(row("gate-2", "nano", BenchmarkPage.STALE_WINDOWS + 1).build());
        assertThat(series()).isNotEmpty().noneMatch(line -> line.contains("gate-1"));
    }

    @Test
    void aModelThatIsNoLongerUsedLeavesItsDeviceOnThePage() throws Exception {
        endpoint.show(row("gate-1", "old", 0).build());
        endpoint.show(row("gate-1", "new", 3).setCelsiusMax(71.5).build());
        endpoint.show(row("gate-2", "new", 9).build());
        assertThat(series())
                .noneMatch(line -> line.contains("old"))
                .contains("framewise_device_temperature_celsius{device=\"gate-1\"} 71.5");
    }

    @Test
    void anOlderRowDoesNotReplaceANewerOne() throws Exception {
        endpoint.show(row("gate-1", "nano", 3).build());
        endpoint.show(row("gate-1", "nano", 2).setMeanFps(1).setCelsiusMax(99.0).build());
        assertThat(series())
                .contains("framewise_device_temperature_celsius{device=\"gate-1\"} 64.5")
                .contains("framewise_fps{device=\"gate-1\",model=\"nano\",precision=\"int8\",provider=\"cpu\"} 7.5");
    }

    @Test
    void aPortThatIsTakenIsAnError() {
        assertThatThrownBy(() -> new PrometheusEndpoint(endpoint.port())).isInstanceOf(BindException.class);
    }

    private static BenchmarkRow withoutSensors(BenchmarkRow.Builder row) {
        return row.setCelsiusMean(null)
                .setCelsiusMax(null)
                .setWattsMean(null)
                .setWattsSource(PowerSource.ABSENT)
                .setFpsPerWatt(null)
                .build();
    }

    private List<String> series() throws IOException, InterruptedException {
        return scrape().lines().filter(line -> !line.startsWith("#")).toList();
    }

    private String scrape() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + "/metrics"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}

package dev.framewise.gateway.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.framewise.gateway.TestingClock;
import dev.framewise.gateway.config.BoardSettings;
import dev.framewise.schemas.PowerSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trees in the formats that the boards' documentation states. */
class LinuxBoardTest {
    private final TestingClock time = new TestingClock();

    @TempDir
    Path root;

    @Test
    void aRaspberryPi5TellsWhatVcgencmdTells() throws IOException {
        zone(0, "cpu-thermal", 61_200);
        file("sys/devices/system/cpu/cpufreq/policy0/scaling_cur_freq", "1800000");
        file("proc/loadavg", "0.50 0.40 0.30 1/200 1234");
        vcgencmd("""
                case "$1" in
                measure_temp) echo "temp=62.3'C" ;;
                get_throttled) echo "throttled=0x50005" ;;
                measure_clock) echo "frequency(0)=1500345728" ;;
                pmic_read_adc) echo "     3V7_WL_SW_A current(0)=0.10000000A"
                    echo "     VDD_CORE_A current(7)=2.50000000A"
                    echo "  3V7_WL_SW_V volt(8)=3.70000000V"
                    echo "   VDD_CORE_V volt(15)=0.80000000V"
                    echo "    EXT5V_V volt(24)=5.10000000V" ;;
                esac
                """);

        BoardReading reading = board().read();

        assertThat(reading.socCelsius()).isEqualTo(62.3);
        assertThat(reading.throttleFlags()).isEqualTo(0x50005);
        assertThat(reading.powerWatts()).isCloseTo(0.1 * 3.7 + 2.5 * 0.8, within(1e-9));
        assertThat(reading.powerSource()).isEqualTo(PowerSource.MEASURED);
        assertThat(reading.temperatures()).containsEntry("cpu-thermal", 61.2).containsEntry("vcgencmd", 62.3);
        assertThat(reading.clocksMegahertz()).containsEntry("policy0", 1800.0).containsEntry("arm", 1500.345728);
        assertThat(reading.utilization()).isPositive();
    }

    @Test
    @Timeout(30)
    void aVcgencmdThatHangsCostsHalfASecondAndNotTheReading() throws IOException {
        zone(0, "cpu-thermal", 70_000);
        vcgencmd("exec sleep 60\n");

        BoardReading reading = impatientBoard().read();

        assertThat(reading.socCelsius()).isEqualTo(70);
        assertThat(reading.powerSource()).isEqualTo(PowerSource.ABSENT);
        assertThat(reading.powerWatts()).isNaN();
    }

    @Test
    void aJetsonTellsItsRails() throws IOException {
        zone(0, "CPU-therm", 45_500);
        zone(1, "GPU-therm", 44_000);
        file("sys/class/hwmon/hwmon1/name", "ina3221");
        rail(1, "VDD_IN", 5_000, 1_200);
        rail(2, "VDD_CPU_GPU_CV", 5_000, 400);

        BoardReading reading = board().read();

        assertThat(reading.socCelsius()).isEqualTo(45.5);
        assertThat(reading.powerWatts()).as("the input holds the others").isEqualTo(6);
        assertThat(reading.powerSource()).isEqualTo(PowerSource.MEASURED);
        assertThat(reading.temperatures()).containsEntry("GPU-therm", 44.0);
    }

    @Test
    void tegrastatsTellsWhatSysfsHides() throws IOException {
        command("tegrastats", """
                while true; do
                echo "04-11-2026 12:00:00 RAM 2448/7620MB (lfb 2x4MB) SWAP 0/3810MB (cached 0MB) CPU [2%@1190,off,1%@1190] \\
                EMC_FREQ 0%@2133 GR3D_FREQ 12%@[305] CPU@48.5C SOC2@47.2C GPU@-256C tj@48.5C \\
                VDD_IN 4832mW/4795mW VDD_CPU_GPU_CV 800mW/801mW VDD_SOC 1400mW/1400mW"
                sleep 0.1
                done
                """);

        BoardReading reading = board().read();

        assertThat(reading.powerWatts()).isEqualTo(4.832);
        assertThat(reading.powerSource()).isEqualTo(PowerSource.MEASURED);
        assertThat(reading.socCelsius()).isEqualTo(48.5);
        assertThat(reading.temperatures())
                .containsEntry("SOC2", 47.2)
                .as("a zone that is switched off is none")
                .doesNotContainKey("GPU");
    }

    @Test
    void aNanosTegrastatsSaysMilliwattsWithoutSayingSo() {
        TegraStats.Line line =
                TegraStats.parse("RAM 722/3964MB (lfb 4x4MB) SWAP 0/1982MB IRAM 0/252kB CPU [5%@102] EMC_FREQ 0%"
                        + " PLL@38C CPU@40.5C PMIC@100C POM_5V_IN 2532/2698 POM_5V_GPU 0/12 POM_5V_CPU 408/420");

        assertThat(JetsonRails.module(line.rails())).hasValue(2.532);
        assertThat(line.temperatures()).containsEntry("CPU", 40.5);
    }

    @Test
    @Timeout(30)
    void aTegrastatsThatSaysNothingCostsHalfASecondAndNotTheReading() throws IOException {
        zone(0, "CPU-therm", 50_000);
        command("tegrastats", "exec sleep 60\n");

        BoardReading reading = impatientBoard().read();

        assertThat(reading.socCelsius()).isEqualTo(50);
        assertThat(reading.powerSource()).isEqualTo(PowerSource.ABSENT);
    }

    @Test
    void anAgxOrinHasNoRailThatHoldsTheOthers() throws IOException {
        zone(0, "cpu-thermal", 45_000);
        zone(8, "tj-thermal", 51_000);
        file("sys/class/hwmon/hwmon1/name", "ina3221");
        rail(1, "VDD_GPU_SOC", 20_000, 400);
        rail(2, "VDD_CPU_CV", 20_000, 100);
        rail(3, "VIN_SYS_5V0", 5_000, 800);

        BoardReading reading = board().read();

        assertThat(reading.powerWatts()).isEqualTo(14);
        assertThat(reading.socCelsius()).as("the hottest point").isEqualTo(51);
    }

    @Test
    void aNanosRailsAreWhereJetPack4HasThem() throws IOException {
        for (String rail : new String[] {"0 POM_5V_IN 2532", "1 POM_5V_GPU 40", "2 POM_5V_CPU 420"}) {
            String[] words = rail.split(" ");
            String monitor = "sys/bus/i2c/drivers/ina3221x/6-0040/iio:device0/";
            file(monitor + "rail_name_" + words[0], words[1]);
            file(monitor + "in_power" + words[0] + "_input", words[2]);
        }

        assertThat(board().read().powerWatts()).isEqualTo(2.532);
    }

    @Test
    void wattsAreEstimatedFromAStatedModelWhereNoneAreMeasured() throws IOException {
        BoardSettings.PowerModel model = new BoardSettings.PowerModel(/* idleWatts= */ 2, /* busyWatts= */ 10);
        BoardSensors absent = () -> new BoardReading(50, 0, Double.NaN, PowerSource.ABSENT, /* utilization= */ 0.25);
        BoardReading estimated = new EstimatedPower(absent, model).read();
        assertThat(estimated.powerWatts()).isEqualTo(4);
        assertThat(estimated.powerSource()).isEqualTo(PowerSource.ESTIMATED);

        BoardReading measured = new BoardReading(50, 0, 7, PowerSource.MEASURED, 0.25);
        assertThat(new EstimatedPower(() -> measured, model).read()).isSameAs(measured);
        assertThat(new EstimatedPower(BoardSensors.NONE, model).read().powerSource())
                .as("an unknown load is no load")
                .isEqualTo(PowerSource.ABSENT);
    }

    @Test
    void x86CountsItsEnergyBetweenTwoReadings() throws IOException {
        zone(0, "acpitz", 30_000);
        zone(1, "x86_pkg_temp", 55_000);
        file("sys/class/powercap/intel-rapl:0/energy_uj", "1000000");
        file("sys/class/powercap/intel-rapl:0:0/energy_uj", "900000");
        LinuxBoard board = board();
        assertThat(board.read().powerSource()).as("one reading is no power").isEqualTo(PowerSource.ABSENT);
        time.advance(Duration.ofSeconds(2));
        file("sys/class/powercap/intel-rapl:0/energy_uj", "31000000");

        BoardReading reading = board.read();

        assertThat(reading.powerWatts()).isEqualTo(15);
        assertThat(reading.socCelsius()).isEqualTo(55);
        time.advance(Duration.ofSeconds(2));
        file("sys/class/powercap/intel-rapl:0/energy_uj", "5");
        assertThat(board.read().powerSource()).as("the counter wrapped around").isEqualTo(PowerSource.ABSENT);
    }

    @Test
    void aBoardThatTellsNothingIsUnknown() {
        BoardReading reading = board().read();

        assertThat(reading.socCelsius()).isNaN();
        assertThat(reading.powerSource()).isEqualTo(PowerSource.ABSENT);
        assertThat(reading.utilization()).isNaN();
    }

    @Test
    void garbageIsUnknown() throws IOException {
        file("sys/class/thermal/thermal_zone0/type", "cpu-thermal");
        file("sys/class/thermal/thermal_zone0/temp", "hot");
        vcgencmd("echo 'Can not open device /dev/vcio'; exit 1\n");

        assertThat(board().read().socCelsius()).isNaN();
        zone(1, "iwlwifi_1", 31_000);
        assertThat(board().read().socCelsius())
                .as("a cool radio does not stand for a SoC that cannot be read")
                .isNaN();
    }

    @Test
    @Timeout(60)
    void sensorsThatHangAreUnknownAndNotAskedAgain() throws Exception {
        CountDownLatch letGo = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        BoardSensors sensors = new TimedSensors(
                () -> {
                    asked.incrementAndGet();
                    try {
                        letGo.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return new BoardReading(50, 0, 5, PowerSource.MEASURED, 0.5);
                },
                Duration.ofMillis(20));

        assertThatThrownBy(sensors::read).isInstanceOf(IOException.class).hasMessageContaining("have not answered");
        assertThatThrownBy(sensors::read).isInstanceOf(IOException.class);
        assertThat(asked).hasValue(1);
        letGo.countDown();
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> sensors.read().socCelsius() == 50);
    }

    @Test
    @Timeout(60)
    void aProgramThatGoesOnForEverIsAskedAgainAndAgain() throws IOException {
        command("endless", "echo $1; exec sleep 600\n");
        BoardCommand command = new BoardCommand(root.resolve("endless"), Duration.ofMinutes(1));

        assertThat(command.firstLine("one")).isEqualTo("one");
        assertThat(command.firstLine("two")).isEqualTo("two");
        assertThatThrownBy(() -> new BoardCommand(root.resolve("missing"), Duration.ofMinutes(1)).output("x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
    }

    /** A slow machine may take its time for a program that answers. */
    private LinuxBoard board() {
        return new LinuxBoard(places(), Duration.ofMinutes(1), time);
    }

    /** As on a board: half a second. */
    private LinuxBoard impatientBoard() {
        return new LinuxBoard(places(), time);
    }

    private BoardSettings.Places places() {
        return new BoardSettings.Places(
                root.resolve("sys"), root.resolve("proc"), root.resolve("vcgencmd"), root.resolve("tegrastats"));
    }

    private void zone(int number, String type, int milliCelsius) throws IOException {
        file("sys/class/thermal/thermal_zone" + number + "/type", type);
        file("sys/class/thermal/thermal_zone" + number + "/temp", Integer.toString(milliCelsius));
    }

    private void rail(int channel, String label, int millivolts, int milliamperes) throws IOException {
        file("sys/class/hwmon/hwmon1/in" + channel + "_label", label);
        file("sys/class/hwmon/hwmon1/in" + channel + "_input", Integer.toString(millivolts));
        file("sys/class/hwmon/hwmon1/curr" + channel + "_input", Integer.toString(milliamperes));
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private void vcgencmd(String script) throws IOException {
        command("vcgencmd", script);
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(root.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

package dev.archipelago.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuReportTest {
  @TempDir Path directory;

  private void file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void status(String section, int exit) throws IOException {
    file(section + ".status", "exit=" + exit + "\nseconds=7\nlimit=60\n");
  }

  private void allWell() throws IOException {
    file(
        "run.properties",
        "device=cuda:0\ndryRun=false\ncores=16\ngpus=NVIDIA H200, 580.159.03, 143771 MiB;\n");
    for (String section : GpuReport.SECTIONS) {
      status(section, 0);
    }
    file("doctor.json", "{\"well\": true}");
    file("engine.json", "{\"cases\": [{\"imagesPerSecond\": 5.0}]}");
    file("search.json", "{\"winner\": {\"testAccuracy\": 0.5}}");
    file(
        "contract/TEST-junit-jupiter.xml",
        """
        <testsuite name="JUnit Jupiter" tests="3">
        <testcase name="trains()" classname="A" time="1"/>
        <testcase name="skips()" classname="A" time="1">
        <skipped><![CDATA[not here]]></skipped>
        </testcase>
        <testcase name="infers()" classname="A" time="1"><system-out>x</system-out></testcase>
        </testsuite>
        """);
  }

  @Test
  void hasEverySectionsFigures() throws IOException {
    allWell();
    file("engine.gpu.csv", "80, 1000, 200.5\n[N/A], 1, 2\n40, 3000, 300.5\n90, 10");
    JsonNode report = GpuReport.of(directory);
    assertThat(report.path("ok").asBoolean()).isTrue();
    assertThat(report.path("device").asText()).isEqualTo("cuda:0");
    assertThat(report.path("machine").path("gpus").path(0).path("name").asText())
        .isEqualTo("NVIDIA H200");
    JsonNode sections = report.path("sections");
    assertThat(sections.path("contract").path("tests").asInt()).isEqualTo(3);
    assertThat(sections.path("contract").path("skipped").asInt()).isEqualTo(1);
    assertThat(sections.path("engine").path("figures").path("cases")).hasSize(1);
    JsonNode gpu = sections.path("engine").path("gpu");
    assertThat(gpu.path("samples").asInt()).isEqualTo(2);
    assertThat(gpu.path("utilizationPercent").path("mean").asDouble()).isCloseTo(60, within(1e-9));
    assertThat(gpu.path("powerWatts").path("max").asDouble()).isCloseTo(300.5, within(1e-9));
  }

  @Test
  void aFailedTestIsNamedWithItsMessage() throws IOException {
    allWell();
    status("contract", 1);
    file(
        "contract/TEST-junit-jupiter.xml",
        """
        <testsuite>
        <testcase name="good()" classname="A" time="1"/>
        <testcase name="bad()" classname="A" time="1">
        <failure message="expected &lt;1&gt;&#10;but" type="E">at</failure>
        </testcase>
        </testsuite>
        """);
    JsonNode contract = GpuReport.of(directory).path("sections").path("contract");
    assertThat(contract.path("ok").asBoolean()).isFalse();
    assertThat(contract.path("error").asText()).contains("1 of 2 tests failed");
    assertThat(contract.path("failed").path(0).path("test").asText()).isEqualTo("bad()");
    assertThat(contract.path("failed").path(0).path("message").asText())
        .isEqualTo("expected <1> | but");
  }

  @Test
  void whatRanOutOfTimeOrWasNotRunIsAnError() throws IOException {
    allWell();
    status("engine", 124);
    Files.delete(directory.resolve("engine.json"));
    Files.delete(directory.resolve("search.status"));
    file("engine.log", "starting\nstill at it\n");
    JsonNode report = GpuReport.of(directory);
    assertThat(report.path("ok").asBoolean()).isFalse();
    JsonNode engine = report.path("sections").path("engine");
    assertThat(engine.path("error").asText()).contains("its limit of 60 s", "no figures");
    assertThat(engine.path("log").asText()).contains("still at it");
    assertThat(report.path("sections").path("search").path("error").asText())
        .contains("was not run");
    assertThat(report.path("sections").path("doctor").path("ok").asBoolean()).isTrue();
  }

  @Test
  void anEmptyDirectoryIsAReportOfErrors() throws IOException {
    JsonNode report = GpuReport.of(directory);
    assertThat(report.path("ok").asBoolean()).isFalse();
    for (String section : GpuReport.SECTIONS) {
      assertThat(report.path("sections").path(section).path("error").asText()).isNotEmpty();
    }
  }
}

package dev.archipelago.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.archipelago.controller.strategy.darts.Vigil;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentinelBenchTest {

  @Test
  void findsNineOfTenPlantedCollapsesAndAlarmsOneInTenHealthyCourses() {
    Roc roc = SentinelBench.planted(200, 1);
    assertThat(roc.found(Vigil.threshold())).isGreaterThanOrEqualTo(0.9);
    assertThat(roc.falselyFound(Vigil.threshold())).isLessThanOrEqualTo(0.1);
  }

  @Test
  void aThresholdThatNothingReachesFindsNothing() {
    Roc roc = SentinelBench.planted(20, 1);
    assertThat(roc.found(1 + Collections.max(roc.positives()))).isZero();
  }

  @Test
  void aPlantedCourseEndsInSkipConnections() {
    Course planted = PlantedCourse.of(SentinelBench.SPACE, true, 1);
    Course healthy = PlantedCourse.of(SentinelBench.SPACE, false, 1);
    assertThat(skips(planted)).isGreaterThan(3);
    assertThat(skips(healthy)).isLessThanOrEqualTo(3);
  }

  /** Of six edges. */
  private static long skips(Course course) {
    return SentinelBench.SPACE.derive(course.end(), 1).values().stream()
        .filter(value -> value == 1)
        .count();
  }

  @Test
  void theAreaIsHowOftenAPositiveIsAbove() {
    Roc roc = new Roc(List.of(3.0, 2.0), List.of(1.0, 2.0));
    assertThat(roc.area()).isCloseTo((1 + 1 + 1 + 0.5) / 4, within(1e-12));
    assertThat(roc.found(2.5)).isEqualTo(0.5);
    assertThat(roc.falselyFound(2)).isEqualTo(0.5);
  }

  @Test
  void realChainsAreReadWhole() throws IOException {
    List<Course> courses = SentinelBench.recorded();
    assertThat(courses).isNotEmpty();
    for (Course course : courses) {
      course.probabilities().forEach(now -> now.rows().forEach(SentinelBenchTest::addUpToOne));
    }
  }

  private static void addUpToOne(List<Double> row) {
    double sum = row.stream().mapToDouble(Double::doubleValue).sum();
    assertThat(sum).isCloseTo(1, within(1e-3));
  }
}

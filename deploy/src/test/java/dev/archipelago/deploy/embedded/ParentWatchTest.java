package dev.archipelago.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParentWatchTest {
  @Test
  void givesTheFirstLineAndNoticesTheEnd() throws Exception {
    PipedOutputStream parent = new PipedOutputStream();
    CountDownLatch orphaned = new CountDownLatch(1);
    CompletableFuture<String> first =
        ParentWatch.start(new PipedInputStream(parent), orphaned::countDown).toCompletableFuture();

    parent.write("127.0.0.1:1 worker-1\nmore\n".getBytes(StandardCharsets.UTF_8));
    parent.flush();

    assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("127.0.0.1:1 worker-1");
    assertThat(orphaned.getCount()).isEqualTo(1);
    parent.close();
    assertThat(orphaned.await(60, TimeUnit.SECONDS)).isTrue();
  }
}
